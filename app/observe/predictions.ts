import type { Registry } from 'prom-client';
import { confidenceBounds } from '../../common/confidence-bounds.ts';
import { inferenceBounds } from '../../common/inference-bounds.ts';
import { exposeCollected, type Sample } from '../../common/metrics/collected.ts';
import { Distribution, exposeHistogram } from '../../common/metrics/distribution.ts';
import type { Manifest } from '../../model/artifact/manifest.ts';
import { answersWith } from '../../model/artifact/reference.ts';
import type { Prediction } from '../../model/prediction.ts';
import { exposeServedModel } from './served-model.ts';

/** What the metrics tell of a model. */
type ServedModel = Pick<Manifest, 'version' | 'labels' | 'reference'>;

/** Counts predictions in plain numbers, those of the served model alone; prom-client reads them at a scrape. */
export class Predictions {
  readonly #durations = new Distribution(inferenceBounds);
  #model: ServedModel | undefined;
  #confidences = new Distribution(confidenceBounds);
  #intents = new Map<string, number>();

  constructor(registry: Registry) {
    exposeServedModel(registry, () => this.#model);
    exposeCollected(registry, {
      type: 'counter',
      name: 'intent_predictions_total',
      help: 'Texts that the model has classified, by answer; each intent and unknown are there from the start',
      labelNames: ['intent', 'model'],
      samples: () => this.#intentSamples(),
    });
    exposeHistogram({
      name: 'intent_inference_duration_seconds',
      help: 'Time to classify one text',
      labelNames: [],
      registry,
      series: () => [[{}, this.#durations]],
    });
    exposeHistogram({
      name: 'intent_prediction_confidence_ratio',
      help: 'Confidence of the best intent of each text that the model has classified',
      labelNames: ['model'],
      registry,
      series: () => (this.#model ? [[{ model: this.#model.version }, this.#confidences]] : []),
    });
  }

  /**
   * Counts for this model from now on; the series of the one before end, so that reloads do not add up. The same model, which a
   * reload opens again when the certificate alone is new, goes on counting.
   */
  serve(model: ServedModel): void {
    if (model.version === this.#model?.version) return;
    this.#model = model;
    this.#confidences = new Distribution(confidenceBounds);
    this.#intents = new Map(answersWith(model.labels).map((intent) => [intent, 0]));
  }

  /** Counts the answer to one text, and the time that it took. */
  count({ intent, confidence }: Pick<Prediction, 'intent' | 'confidence'>, seconds: number): void {
    this.#durations.observe(seconds);
    this.#confidences.observe(confidence);
    this.#intents.set(intent, (this.#intents.get(intent) ?? 0) + 1);
  }

  #intentSamples(): Sample[] {
    const model = this.#model?.version;
    return model === undefined
      ? []
      : [...this.#intents].map(([intent, value]) => ({ labels: { intent, model }, value }));
  }
}
