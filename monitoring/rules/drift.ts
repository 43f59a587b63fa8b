import { confidenceBounds } from '../../common/confidence-bounds.ts';
import type { RecordingRule } from '../rule.ts';
import type { Thresholds } from '../thresholds.ts';

/** The upper bounds of the confidence's histogram, as they are spelled in its label `le`. */
export const bucketBounds: readonly string[] = [...confidenceBounds.map(String), '+Inf'];

// Smaller shares count as this one: the logarithm of an empty class is infinite.
const leastShare = 0.0001;

// Without any drift, the index of N predictions in k classes is about k / N: with 20 for each class it stays below 0.05.
const leastPredictionsPerClass = 20;

const predictions = 'increase(intent_predictions_total[1h])';
const predicted = 'model:intent_predictions:increase1h';
const intentShare = 'model_intent:intent_predictions:share1h';
const intentReference = 'model_intent:intent_model_reference_intent:share';
const confidenceShare = 'model_le:intent_prediction_confidence:share1h';
const confidenceReference = 'model_le:intent_model_reference_confidence:share';

type Least = Pick<Thresholds, 'leastPredictions'>;

/**
 * The drift of the predicted intents: their shares of the last hour against those among the held-out texts of training, by model,
 * over all machines.
 */
export function intentDrift({ leastPredictions }: Least): RecordingRule[] {
  return [
    { record: predicted, expr: `sum by (model) (${predictions})` },
    {
      record: intentShare,
      expr: `sum by (model, intent) (${predictions}) / on (model) group_left () (${predicted} > 0)`,
    },
    {
      record: intentReference,
      // An intent that the reference lacks was predicted for none of its texts.
      expr: `max by (model, intent) (intent_model_reference_intent_ratio) or (0 * ${intentShare} and on (model) intent_model_reference_intent_ratio)`,
    },
    {
      record: 'model:intent_predictions:psi1h',
      expr: [
        stabilityIndex(intentShare, intentReference),
        `and on (model) (${predicted} >= ${leastPredictions})`,
        `and on (model) (${predicted} >= ${leastPredictionsPerClass} * count by (model) (${intentReference}))`,
      ].join(' '),
    },
  ];
}

/** The drift of the confidence: the shares of its buckets in the last hour against those among the held-out texts of training. */
export function confidenceDrift({ leastPredictions }: Least): RecordingRule[] {
  const least = Math.max(leastPredictions, leastPredictionsPerClass * bucketBounds.length);
  return [
    ...bucketBounds.map((bound, index) => bucketShare(bound, bucketBounds[index - 1])),
    ...bucketBounds.map((bound, index) => bucketReference(bound, bucketBounds[index - 1])),
    {
      record: 'model:intent_prediction_confidence:psi1h',
      expr: `${stabilityIndex(confidenceShare, confidenceReference)} and on (model) (${predicted} >= ${least})`,
    },
  ];
}

// PromQL knows no next smaller bucket, so that each has a rule of its own.
function bucketShare(bound: string, below: string | undefined): RecordingRule {
  const upTo = (le: string) => `sum by (model) (increase(intent_prediction_confidence_ratio_bucket{le="${le}"}[1h]))`;
  const all = 'sum by (model) (increase(intent_prediction_confidence_ratio_count[1h]))';
  return { record: confidenceShare, expr: `${within(upTo, bound, below)} / (${all} > 0)`, labels: { le: bound } };
}

function bucketReference(bound: string, below: string | undefined): RecordingRule {
  const upTo = (le: string) => `max by (model) (intent_model_reference_confidence_ratio{le="${le}"})`;
  return { record: confidenceReference, expr: within(upTo, bound, below), labels: { le: bound } };
}

function within(upTo: (le: string) => string, bound: string, below: string | undefined): string {
  return below === undefined ? upTo(bound) : `(${upTo(bound)} - ${upTo(below)})`;
}

function stabilityIndex(share: string, reference: string): string {
  const [p, q] = [share, reference].map((series) => `clamp_min(${series}, ${leastShare})`);
  return `sum by (model) ((${p} - ${q}) * ln(${p} / ${q}))`;
}
