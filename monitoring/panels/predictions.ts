import type { Panel } from '../panel.ts';
import { unknown } from '../selectors.ts';

const group = 'Predictions';
const rate = (labels = '') => `rate(intent_predictions_total${labels}[$window])`;
const confidence = (part: string) => `rate(intent_prediction_confidence_ratio_${part}[$window])`;
const quantile = (share: number) => `histogram_quantile(${share}, sum by (le) (${confidence('bucket')}))`;
const inference = (part: string) => `rate(intent_inference_duration_seconds_${part}[$window])`;

/** What the model says, how sure it is, and how far both are from what training saw. */
export const predictionPanels: readonly Panel[] = [
  {
    ...{ id: 'intents', title: 'Intents', group, unit: 'a minute' },
    description: 'Predictions of the ten most frequent intents of the time shown; unknown is below the threshold.',
    queries: [
      {
        legend: '{{intent}}',
        // The ten are those of the whole time, or each moment would have ten of its own.
        query: `sum by (intent) (${rate()}) * 60 and on (intent) topk(10, sum by (intent) (increase(intent_predictions_total[$range] @ end())))`,
      },
    ],
  },
  {
    ...{ id: 'confidence', title: 'Confidence', group, unit: 'ratio' },
    description:
      'The mean of the best intents, the median, and the confidence that one of ten predictions stays below.',
    queries: [
      { legend: 'median', query: quantile(0.5) },
      { legend: 'mean', query: `sum(${confidence('sum')}) / sum(${confidence('count')})` },
      { legend: 'p10', query: quantile(0.1) },
    ],
  },
  {
    ...{ id: 'unknown', title: 'Share of unknown', group, unit: 'ratio' },
    description: 'The share of texts for which no intent is likely enough: it grows when people ask for something new.',
    queries: [{ legend: 'unknown', query: `sum(${rate(`{${unknown}}`)}) / sum(${rate()})` }],
  },
  {
    ...{ id: 'drift', title: 'Drift', group, unit: 'index' },
    description:
      'Population stability index of the last hour against the held-out texts of training; below 0.1 is as in training.',
    queries: [
      { legend: 'intents {{model}}', query: 'model:intent_predictions:psi1h' },
      { legend: 'confidence {{model}}', query: 'model:intent_prediction_confidence:psi1h' },
    ],
    empty: 'Too few predictions in the last hour, or a model without a reference.',
    marks: [
      { value: 0.1, label: 'moves' },
      { value: 0.25, label: 'drifts' },
    ],
  },
  {
    ...{ id: 'models', title: 'Releases and models', group, unit: 'a minute' },
    description: 'Predictions by release and model; two of them at once are a deployment.',
    queries: [{ legend: '{{release}} {{model}}', query: `sum by (release, model) (${rate()}) * 60` }],
  },
  {
    ...{ id: 'inference', title: 'Time to classify', group, unit: 'seconds' },
    description: 'The time of the model alone for one text: the mean and p99.',
    queries: [
      { legend: 'p99', query: `histogram_quantile(0.99, sum by (le) (${inference('bucket')}))` },
      { legend: 'mean', query: `sum(${inference('sum')}) / sum(${inference('count')})` },
    ],
  },
];
