import type { Registry } from 'prom-client';
import { exposeCollected } from '../../common/metrics/collected.ts';

/** Counts the copies of answers for the shadow; absent where the service makes none. */
export class ShadowCopies {
  sent = 0;
  dropped = 0;
  #isServed = false;

  constructor(registry: Registry) {
    exposeCollected(registry, {
      type: 'counter',
      name: 'intent_shadow_copies_total',
      help: 'Answers that were copied while the shadow ran; those are dropped that it did not take in time',
      labelNames: ['outcome'],
      samples: () =>
        this.#isServed
          ? [
              { labels: { outcome: 'sent' }, value: this.sent },
              { labels: { outcome: 'dropped' }, value: this.dropped },
            ]
          : [],
    });
  }

  serve(): void {
    this.#isServed = true;
  }
}
