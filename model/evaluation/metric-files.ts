import { csvRow } from '../../common/csv-field.ts';
import type { Metrics } from '../artifact/manifest.ts';
import type { ConfusionMatrix } from './confusion.ts';
import type { Evaluation } from './evaluate.ts';

/** Returns files for tools that compare models, such as DVC, by their names: figures in JSON, and the points of plots. */
export function metricFiles({ metrics, learningCurve, reliability, confusion }: Evaluation): Record<string, string> {
  return {
    'metrics.json': json(figuresOf(metrics)),
    'plots/learning-curve.json': json(learningCurve.map(({ examples, accuracy }) => ({ texts: examples, accuracy }))),
    'plots/reliability.json': json(reliability.filter(({ count }) => count > 0)),
    'plots/confusion.csv': confusionCsv(confusion),
  };
}

function figuresOf(metrics: Metrics): Record<string, number> {
  const { accuracy, answeredRight, coverage, calibrationError, outOfScopeRecall, intents } = metrics;
  const measured = Object.values(intents).filter(({ examples }) => examples > 0);
  const macroF1 = measured.reduce((sum, { f1 }) => sum + f1, 0) / measured.length;
  const figures = { accuracy, macroF1, answeredRight, coverage, calibrationError };
  return outOfScopeRecall === null ? figures : { ...figures, outOfScopeRecall };
}

/** A row for each text, as a confusion plot counts them itself. */
function confusionCsv({ labels, counts }: ConfusionMatrix): string {
  const rows = counts.flatMap((row, at) =>
    row.map((count, other) => csvRow(labels[at] as string, labels[other] as string).repeat(count)),
  );
  return `expected,answered\n${rows.join('')}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
