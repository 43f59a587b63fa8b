import { algorithmFor } from '../algorithms/index.ts';
import type { Dataset, Example } from '../datasets/example.ts';
import type { ModelSettings } from '../settings.ts';
import { calibrate, probabilitiesOf } from './calibrate.ts';
import { scoreAll } from './held-out.ts';
import type { OnProgress } from './learn.ts';
import { buildProblem } from './problem.ts';

/** A text whose label may be wrong. */
export interface SuspiciousLabel {
  readonly example: Example;
  /** The intent that a model of the other texts finds. */
  readonly likely: string;
  /** The confidence of that model in the intent, and in the label. */
  readonly confidence: number;
  readonly labelConfidence: number;
}

/**
 * Finds the labels that models of the other texts contradict, the most certain first: texts whose confidence in another intent is at least
 * the mean confidence in that intent of the texts that have it ("Confident Learning", Northcutt, Jiang and Chuang, 2021). It finds labels
 * that are wrong, and texts that are hard. The models are those of the algorithm of the settings, on words and characters.
 */
export async function suspiciousLabels(
  train: Dataset,
  settings: ModelSettings,
  onProgress: OnProgress = async () => {},
): Promise<SuspiciousLabel[]> {
  const algorithm = algorithmFor({ ...settings, profile: 'default' });
  const reading = (share: number): Promise<void> => onProgress('features', share);
  const problem = await buildProblem(train, settings.features ?? algorithm.features, settings.outOfScopeLabel, reading);
  const report = (share: number): Promise<void> => onProgress('labels', share);
  const heldOut = await scoreAll(problem, algorithm, { seed: settings.seed, onProgress: report });
  const calibration = calibrate(heldOut, algorithm.usualTemperature);
  const names = [...problem.labels, settings.outOfScopeLabel];
  const probabilities = heldOut.map((example) => probabilitiesOf(example, calibration));
  const usual = meanConfidences(
    probabilities,
    heldOut.map(({ target }) => target),
  );
  return heldOut
    .flatMap(({ target }, row) => {
      const confidences = probabilities[row] as Float64Array;
      const likely = contradiction(confidences, target, usual);
      if (likely === undefined) return [];
      const confidence = { confidence: confidences[likely] as number, labelConfidence: confidences[target] as number };
      return [{ example: train.examples[row] as Example, likely: names[likely] as string, ...confidence }];
    })
    .sort((one, other) => margin(other) - margin(one));
}

function margin({ confidence, labelConfidence }: SuspiciousLabel): number {
  return confidence - labelConfidence;
}

/** The mean confidence in each class of the texts that have its label; NaN for a class without texts. */
function meanConfidences(probabilities: readonly Float64Array[], targets: readonly number[]): Float64Array {
  const classes = probabilities[0]?.length ?? 0;
  const [sums, counts] = [new Float64Array(classes), new Float64Array(classes)];
  for (const [row, target] of targets.entries()) {
    sums[target] = (sums[target] as number) + (probabilities[row]?.[target] ?? 0);
    counts[target] = (counts[target] as number) + 1;
  }
  return sums.map((sum, at) => sum / (counts[at] as number));
}

/** The likeliest of the other classes that reach their usual confidence; undefined where the label itself is likelier. */
function contradiction(confidences: Float64Array, target: number, usual: Float64Array): number | undefined {
  let best = target;
  for (const [at, confidence] of confidences.entries())
    if (confidence >= (usual[at] as number) && confidence > (confidences[best] as number)) best = at;
  return best === target ? undefined : best;
}
