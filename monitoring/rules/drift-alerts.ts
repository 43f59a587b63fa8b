import type { AlertingRule } from '../rule.ts';
import type { Thresholds } from '../thresholds.ts';

/** Alerts for a model that is asked for something else than it has learned. */
export function driftAlerts({ driftIndex }: Pick<Thresholds, 'driftIndex'>): AlertingRule[] {
  return [
    {
      ...{ alert: 'IntentsDrift', for: '30m', labels: { severity: 'warning' } },
      expr: `model:intent_predictions:psi1h > ${driftIndex}`,
      annotations: {
        summary: 'Intents drift: the index of {{ $labels.model }} is {{ $value | printf "%.2f" }}',
        description: `An index of more than ${driftIndex}: people ask for other intents than the texts of training. The panel of intents shows which; label some new texts, train, and compare the evaluation.`,
      },
    },
    {
      ...{ alert: 'ConfidenceDrifts', for: '30m', labels: { severity: 'warning' } },
      expr: `model:intent_prediction_confidence:psi1h > ${driftIndex}`,
      annotations: {
        summary: 'Confidence drifts: the index of {{ $labels.model }} is {{ $value | printf "%.2f" }}',
        description: `An index of more than ${driftIndex}: the model is less sure, or surer, than on the texts of training: people use other words. Label some new texts, train, and compare the evaluation.`,
      },
    },
  ];
}
