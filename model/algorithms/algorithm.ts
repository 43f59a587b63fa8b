import type { Features } from '../features/features.ts';
import type { Matrix } from './matrix.ts';

/** The rows that an algorithm learns from, and the class of each. */
export interface TrainingSet {
  readonly matrix: Matrix;
  /** The texts' vectors, where the profile has token vectors: rows x columns, row by row. */
  readonly vectors?: Float32Array;
  readonly targets: Int32Array;
  readonly classes: number;
}

export interface FitOptions {
  seed: number;
  /** Called with the share that is done, and awaited so that the event loop can draw progress and handle Ctrl-C. */
  onProgress: (share: number) => Promise<void>;
}

/** One linear function per class: score = bias + sum of value x weight. */
export interface LinearMember {
  readonly kind: 'linear';
  readonly bias: Float32Array;
  /** Features x classes, row by row. */
  readonly weights: Float32Array;
}

/** One hidden layer of rectified units between features and classes. */
export interface NetworkMember {
  readonly kind: 'network';
  readonly hiddenBias: Float32Array;
  /** Features x hidden units, row by row. */
  readonly hiddenWeights: Float32Array;
  readonly bias: Float32Array;
  /** Hidden units x classes, row by row. */
  readonly weights: Float32Array;
}

/** A linear function of the text's vector. */
export interface VectorMember {
  readonly kind: 'vector';
  readonly bias: Float32Array;
  /** Columns x classes, row by row. */
  readonly weights: Float32Array;
}

/** A part of a model; the probabilities of several members are averaged. */
export type Member = LinearMember | NetworkMember | VectorMember;

/** How weights are stored: a byte each with a scale per row, or as they are. */
export type Precision = 'int8' | 'float32';

/** A way to learn, which returns members that the scorer can read. */
export interface Algorithm {
  readonly features: Features;
  readonly precision: Precision;
  /** The calibrated temperature of most data, where that is known; few held-out texts alone would not tell it. */
  readonly usualTemperature?: number;
  /** Returns why the algorithm cannot be used on that much data, or undefined. */
  refuse?(set: TrainingSet): string | undefined;
  fit(set: TrainingSet, options: FitOptions): Promise<Member[]>;
}
