import { Counter, exponentialBuckets, type Registry } from 'prom-client';
import type { Classifier } from '../../model/artifact/open.ts';
import type { Prediction } from '../../model/prediction.ts';
import { Distribution, exposeHistogram } from './distribution.ts';

// From 5 µs, the time for a short text and few intents, to 80 ms.
const inferenceBuckets = exponentialBuckets(0.000_005, 2, 15);
const confidenceBuckets = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

/** Counts predictions in plain numbers; prom-client reads them at a scrape. */
export class Predictions {
  readonly #durations = new Distribution(inferenceBuckets);
  readonly #confidences = new Distribution(confidenceBuckets);
  readonly #intents = new Map<string, number>();

  constructor(registry: Registry) {
    exposeIntents(registry, this.#intents);
    exposeHistogram({
      name: 'intent_inference_duration_seconds',
      help: 'Time to classify one text',
      labelNames: [],
      registry,
      series: () => [[{}, this.#durations]],
    });
    exposeHistogram({
      name: 'intent_prediction_confidence_ratio',
      help: 'Confidence of the best intent',
      labelNames: [],
      registry,
      series: () => [[{}, this.#confidences]],
    });
  }

  /** Classifies one text and counts the prediction. */
  predict(classifier: Classifier, text: string, top: number): Prediction {
    const start = performance.now();
    const prediction = classifier.predict(text, { top });
    this.#durations.observe((performance.now() - start) / 1000);
    this.#confidences.observe(prediction.confidence);
    this.#intents.set(prediction.intent, (this.#intents.get(prediction.intent) ?? 0) + 1);
    return prediction;
  }
}

function exposeIntents(registry: Registry, intents: Map<string, number>): void {
  new Counter({
    name: 'intent_predictions_total',
    help: 'Classified texts by intent; unknown is below the threshold',
    labelNames: ['intent'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [intent, count] of intents) this.inc({ intent }, count);
    },
  });
}
