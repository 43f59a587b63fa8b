import { featuresSchema } from '../features/features.ts';
import type { Algorithm, FitOptions, LinearMember, TrainingSet } from './algorithm.ts';
import { separate, squaredNorms } from './dual-coordinate-descent.ts';

/** The usual weight C of violated margins. */
const usualCost = 1;

const descent = { tolerance: 0.1, passes: 50 };

/** Trains one squared-hinge SVM for each class against all the others. */
export async function fitSvm(
  { matrix, targets, classes }: TrainingSet,
  { seed, onProgress }: FitOptions,
  cost = usualCost,
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
