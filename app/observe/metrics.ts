import { Counter, Gauge, Registry } from 'prom-client';
import { Predictions } from './predictions.ts';
import { exposeRuntime } from './runtime.ts';
import { Traffic } from './traffic.ts';

/** The service's Prometheus metrics, each service with a registry of its own. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Makes every metric. */
export function createMetrics() {
  const registry = new Registry();
  exposeRuntime(registry);
  const traffic = new Traffic(registry);
  const predictions = new Predictions(registry);
  return { registry, traffic, predictions, ...limitMetrics([registry]), ...reloadMetrics([registry]) };
}

function limitMetrics(registers: Registry[]) {
  return {
    rejected: new Counter<'reason'>({
      name: 'intent_http_requests_rejected_total',
      help: 'Requests turned away by a limit',
      labelNames: ['reason'],
      registers,
    }),
    unlogged: new Counter({
      name: 'intent_log_requests_unlogged_total',
      help: 'Requests that sampling left out of the log',
      registers,
    }),
  };
}

function reloadMetrics(registers: Registry[]) {
  return {
    model: new Gauge({
      name: 'intent_model_info',
      help: 'The model that is served; always 1',
      labelNames: ['version'],
      registers,
    }),
    reloads: new Counter({
      name: 'intent_reloads_total',
      help: 'Attempts to load a new model or certificate, by outcome',
      labelNames: ['what', 'outcome'],
      registers,
    }),
  };
}
