import { Counter, collectDefaultMetrics, exponentialBuckets, Gauge, Histogram, Registry } from 'prom-client';
import type { Classifier, Prediction } from '../../model/classifier.ts';

// From 0.1 ms, which an ordinary answer takes, to 1.6 s.
const durationBuckets = exponentialBuckets(0.0001, 2, 15);
// From 5 µs, which a short text takes with few intents, to 80 ms.
const inferenceBuckets = exponentialBuckets(0.000_005, 2, 15);
const confidenceBuckets = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

/** Why a request was turned away before it was looked at. */
export type Rejection = 'rate_limit' | 'overload';

/** The service's Prometheus metrics, each service with a registry of its own. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Makes every metric; `collectDefaultMetrics` adds event-loop lag, memory, CPU and garbage collection. */
export function createMetrics() {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  return { registry, ...requestMetrics(registers), ...predictionMetrics(registers), ...modelMetrics(registers) };
}

function requestMetrics(registers: Registry[]) {
  return {
    requests: new Counter({
      name: 'intent_http_requests_total',
      help: 'Requests answered, by route and status; status 499 is a client that went away',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    duration: new Histogram({
      name: 'intent_http_request_duration_seconds',
      help: 'Time from a request head to the end of its answer',
      labelNames: ['route'],
      buckets: durationBuckets,
      registers,
    }),
    inFlight: new Gauge({
      name: 'intent_http_requests_in_flight',
      help: 'Requests whose answer is not finished',
      registers,
    }),
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

function predictionMetrics(registers: Registry[]) {
  return {
    inference: new Histogram({
      name: 'intent_inference_duration_seconds',
      help: 'Time to classify one text',
      buckets: inferenceBuckets,
      registers,
    }),
    predictions: new Counter({
      name: 'intent_predictions_total',
      help: 'Texts classified, by intent; those below the threshold have the intent unknown',
      labelNames: ['intent'],
      registers,
    }),
    confidence: new Histogram({
      name: 'intent_prediction_confidence_ratio',
      help: 'Confidence of the best intent',
      buckets: confidenceBuckets,
      registers,
    }),
  };
}

function modelMetrics(registers: Registry[]) {
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

/** Classifies one text and counts it. */
export function predictMeasured(metrics: Metrics, classifier: Classifier, text: string, top: number): Prediction {
  const start = performance.now();
  const prediction = classifier.predict(text, { top });
  metrics.inference.observe((performance.now() - start) / 1000);
  metrics.predictions.inc({ intent: prediction.intent });
  metrics.confidence.observe(prediction.confidence);
  return prediction;
}
