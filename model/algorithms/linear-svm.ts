import { featuresSchema } from '../features/features.ts';
import type { Algorithm, FitOptions, LinearMember, TrainingSet } from './algorithm.ts';
import { separate, squaredNorms } from './dual-coordinate-descent.ts';
import { separateInThreads } from './joint-threads.ts';

/** The usual weight C of violated margins. */
const usualCost = 1;

const descent = { tolerance: 0.1, passes: 50 };

/** From so many texts on, the classes are learned jointly. */
export const manyTexts = 50_000;

// The more texts, the fewer times each has to be read.
const joint = { visits: 2_000_000, fewestPasses: 8, mostPasses: 20 };

/** Trains one squared-hinge SVM for each class against all the others. */
export async function fitSvm(set: TrainingSet, options: FitOptions, cost = usualCost): Promise<LinearMember> {
  const { matrix, targets, classes } = set;
  if (matrix.rows < manyTexts) return fitOneByOne(set, options, cost);
  const { visits, fewestPasses, mostPasses } = joint;
  const passes = Math.max(fewestPasses, Math.min(mostPasses, Math.round(visits / matrix.rows)));
  const problem = { matrix, norms: squaredNorms(matrix), targets, cost, passes, seed: options.seed };
  return separateInThreads(problem, classes, options.onProgress);
}

async function fitOneByOne(
  { matrix, targets, classes }: TrainingSet,
  { seed, onProgress }: FitOptions,
  cost: number,
): Promise<LinearMember> {
  const bias = new Float32Array(classes);
  const weights = new Float32Array(classes * matrix.columns);
  const norms = squaredNorms(matrix);
  for (let target = 0; target < classes; target += 1) {
    const signs = Int8Array.from(targets, (other) => (other === target ? 1 : -1));
    const column = separate(matrix, norms, signs, { ...descent, cost, seed: seed + target });
    bias[target] = column[matrix.columns] as number;
    for (let feature = 0; feature < matrix.columns; feature += 1) {
      weights[feature * classes + target] = column[feature] as number;
    }
    await onProgress((target + 1) / classes);
  }
  return { kind: 'linear', bias, weights };
}

/** The default algorithm; docs/decisions/0010-features-and-algorithm.md has the reasons. */
export const linearSvm: Algorithm = {
  features: featuresSchema.parse({
    tokenizer: 'words-and-marks',
    blocks: [{ kind: 'words', stemmer: 'porter' }, { kind: 'characters' }],
  }),
  precision: 'int8',
  usualTemperature: 5,
  fit: async (set, options) => [await fitSvm(set, options)],
};

/** The default algorithm with another weight C of violated margins. */
export function linearSvmOf(cost: number): Algorithm {
  return { ...linearSvm, fit: async (set, options) => [await fitSvm(set, options, cost)] };
}
