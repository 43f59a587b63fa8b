import { Counter, Registry } from 'prom-client';
import { ApiKeys } from './api-keys.ts';
import { CertificateExpiry } from './certificate-expiry.ts';
import { Predictions } from './predictions.ts';
import { exposeRuntime } from './runtime.ts';
import { ShadowCopies } from './shadow-copies.ts';
import { Traffic } from './traffic.ts';

/** The Prometheus metrics of one service, with their own registry. */
export type ServiceMetrics = ReturnType<typeof createMetrics>;

/** Creates the metrics of one service. */
export function createMetrics() {
  const registry = new Registry();
  exposeRuntime(registry);
  const traffic = new Traffic(registry);
  const predictions = new Predictions(registry);
  const certificate = new CertificateExpiry(registry);
  const apiKeys = new ApiKeys(registry);
  const shadowCopies = new ShadowCopies(registry);
  return {
    ...{ registry, traffic, predictions, certificate, apiKeys, shadowCopies },
    ...limitMetrics([registry]),
    ...reloadMetrics([registry]),
  };
}

function limitMetrics(registers: Registry[]) {
  return {
    rejected: new Counter<'reason'>({
      name: 'intent_http_requests_rejected_total',
      help: 'Requests refused by a limit or for want of an API key',
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
    reloads: new Counter({
      name: 'intent_reloads_total',
      help: 'Reloads of the model, the certificate or the API keys, by outcome',
      labelNames: ['what', 'outcome'],
      registers,
    }),
  };
}
