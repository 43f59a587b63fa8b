import type { DatasetSplits } from '../datasets/load.ts';
import { splitByLabel } from '../datasets/split.ts';
import type { LearningPoint } from '../evaluation/evaluate.ts';
import { measure } from '../evaluation/metrics.ts';
import { createPredictor } from '../scoring/predictor.ts';
import type { ModelSettings } from '../settings.ts';
import { learnModel, type OnProgress } from './learn.ts';

const shares = [0.1, 0.2, 0.4, 0.7, 1];

/**
 * Learns from growing shares of the training texts: a curve that still rises means that more examples would help. The
 * accurate profile's curve is that of the default profile, which has the same shape in a fraction of the time.
 */
export async function learningCurve(
  { train, test }: Pick<DatasetSplits, 'train' | 'test'>,
  settings: ModelSettings,
  onProgress: OnProgress,
): Promise<LearningPoint[]> {
  // A given threshold and validation texts avoid cross-validation; accuracy depends on neither, whichever texts these are.
  const profile = settings.profile === 'accurate' ? 'default' : settings.profile;
  const quickSettings: ModelSettings = { ...settings, profile, threshold: 0 };
  const points: LearningPoint[] = [];
  for (const [index, share] of shares.entries()) {
    const examples = share === 1 ? train.examples : splitByLabel(train.examples, 1 - share, settings.seed).train;
    const part = { ...train, examples };
    // The semantic profile chooses its mixture by cross-validation.
    const validation = profile === 'semantic' ? {} : { validation: test };
    const report: OnProgress = (step, done) =>
      onProgress(`learning curve, model ${index + 1} of ${shares.length}: ${step}`, done);
    const model = await learnModel({ train: part, ...validation }, quickSettings, report);
    const { predict } = createPredictor(model);
    const { accuracy, accuracyInterval } = measure(predict, test.examples, model.configuration.labels);
    points.push({ examples: examples.length, accuracy, interval: accuracyInterval });
  }
  return points;
}
