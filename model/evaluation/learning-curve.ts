import { splitByLabel } from '../datasets/split.ts';
import { createPredictor } from '../scoring/create-classifier.ts';
import type { ModelSettings } from '../settings.ts';
import type { Sources } from '../sources.ts';
import { learnModel, type OnProgress } from '../training/train.ts';
import { measure } from './metrics.ts';

/** How well a model does that has learned from fewer examples. */
export interface LearningPoint {
  readonly examples: number;
  readonly accuracy: number;
  readonly interval: readonly [number, number];
}

const SHARES = [0.1, 0.2, 0.4, 0.7, 1];

/**
 * Learns from growing shares of the training texts: a curve that still climbs says that more examples would help. The
 * accurate profile's curve is drawn with the default profile, which tells the same in a fraction of the time.
 */
export async function learningCurve(
  { train, test }: Pick<Sources, 'train' | 'test'>,
  settings: ModelSettings,
  onProgress: OnProgress,
): Promise<LearningPoint[]> {
  const points: LearningPoint[] = [];
  for (const [index, share] of SHARES.entries()) {
    await onProgress('learning curve', index / SHARES.length);
    const examples = share === 1 ? train.examples : splitByLabel(train.examples, 1 - share, settings.seed).train;
    const part = { ...train, examples };
    // A given threshold spares the calibration, and accuracy does not depend on either.
    const model = await learnModel(
      { train: part, validation: part },
      { ...settings, profile: 'default', threshold: 0 },
    );
    const { accuracy, accuracyInterval } = measure(
      createPredictor(model.head, model.weights).predict,
      test.examples,
      model.head.labels,
    );
    points.push({ examples: examples.length, accuracy, interval: accuracyInterval });
  }
  return points;
}
