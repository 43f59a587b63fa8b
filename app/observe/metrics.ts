import { Counter, Gauge, Registry } from 'prom-client';
import { Predictions } from './predictions.ts';
import { exposeRuntime } from './runtime.ts';
import { Traffic } from './traffic.ts';

/** The Prometheus metrics of one service, with their own registry. */
export type ServiceMetrics = ReturnType<typeof createMetrics>;

/** Creates the metrics of one service. */
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
      help: 'Requests refused by a limit',
      labelNames: ['reason'],
      registers,
    }),
    unlogged: new Counter({
      name: 'intent_log_requests_unlogged_total',
      help: 'Requests that sampling omitted from the log',
      registers,
    }),
  };
}

function reloadMetrics(registers: Registry[]) {
  return {
    model: new Gauge({
      name: 'intent_model_info',
      help: 'The served model; always 1',
      labelNames: ['version'],
      registers,
    }),
    reloads: new Counter({
      name: 'intent_reloads_total',
      help: 'Reloads of the model or the certificate, by outcome',
      labelNames: ['what', 'outcome'],
      registers,
    }),
  };
}
