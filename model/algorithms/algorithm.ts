import type { Features } from '../features/features.ts';
import type { Matrix } from './matrix.ts';

/** Rows and the class of each: what every algorithm learns from. */
export interface TrainingSet {
  readonly matrix: Matrix;
  readonly targets: Int32Array;
  readonly classes: number;
}

export interface FitOptions {
  seed: number;
  /** Called with the share that is done; awaited, so that progress can be drawn and Ctrl-C be heard. */
  onProgress: (share: number) => Promise<void>;
}

/** One linear function per class: score = bias + sum of value x weight; weights are feature after feature. */
export interface LinearMember {
  readonly kind: 'linear';
  readonly bias: Float32Array;
  readonly weights: Float32Array;
}

/** One hidden layer of rectified units between features and classes. */
export interface NetworkMember {
  readonly kind: 'network';
  readonly hiddenBias: Float32Array;
  /** Feature after feature. */
  readonly hiddenWeights: Float32Array;
  readonly bias: Float32Array;
  /** Hidden unit after hidden unit. */
  readonly weights: Float32Array;
}

/** What an algorithm makes: one of these, or several whose probabilities are averaged. */
export type Member = LinearMember | NetworkMember;

/** A way to learn. Whatever it does inside, it gives members that the one scorer can read. */
export interface Algorithm {
  readonly features: Features;
  /** How the weights are stored: a byte each with a scale per feature, or as they are. */
  readonly precision: 'int8' | 'float32';
  /** Why the algorithm should not be used on that much data, if so. */
  refuse?(set: TrainingSet): string | undefined;
  fit(set: TrainingSet, options: FitOptions): Promise<Member[]>;
}
