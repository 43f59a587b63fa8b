import type { Registry } from 'prom-client';
import { exposeCollected } from '../../common/metrics/collected.ts';

/** Metrics of the API keys, of which each has few: a stage may have a hundred. Absent where everyone may call the service. */
export class ApiKeys {
  readonly #requests = new Map<string, number>();
  #list: { size: number; readAt: () => Date } | undefined;

  constructor(registry: Registry) {
    exposeCollected(registry, {
      type: 'counter',
      name: 'intent_api_key_requests_total',
      help: 'Requests with a known API key, by its name',
      labelNames: ['key'],
      samples: () => [...this.#requests].map(([key, value]) => ({ labels: { key }, value })),
    });
    exposeCollected(registry, {
      type: 'gauge',
      name: 'intent_api_keys',
      help: 'API keys that the service knows',
      labelNames: [],
      samples: () => (this.#list ? [{ labels: {}, value: this.#list.size }] : []),
    });
    exposeCollected(registry, {
      type: 'gauge',
      name: 'intent_api_keys_read_timestamp_seconds',
      help: 'When the machine last read the API keys of its stage, in seconds since 1970: older ones may have been revoked since',
      labelNames: [],
      samples: () => (this.#list ? [{ labels: {}, value: this.#list.readAt().getTime() / 1000 }] : []),
    });
  }

  use(key: string): void {
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
  }

  serve(list: { size: number; readAt: () => Date }): void {
    this.#list = list;
  }
}
