import type { Features } from '../features/features.ts';
import type { Rows } from './weights.ts';

/** A linear member as it is stored and scored. */
export interface StoredLinear {
  readonly kind: 'linear';
  readonly bias: Float32Array;
  readonly rows: Rows;
}

/** A network member as it is stored and scored. */
export interface StoredNetwork {
  readonly kind: 'network';
  readonly hiddenBias: Float32Array;
  readonly hiddenRows: Rows;
  readonly bias: Float32Array;
  readonly rows: Rows;
}

export type StoredMember = StoredLinear | StoredNetwork;

/** The arrays of a model. */
export interface Weights {
  hashes: Int32Array;
  frequencies?: Float32Array;
  members: readonly StoredMember[];
}

/** Temperatures that turn raw scores into calibrated probabilities. */
export interface Calibration {
  /** One per member, applied to its scores. */
  readonly members: number[];
  /** Applied to the logarithm of the members' average. */
  readonly mixture: number;
}

/** The confidence below which the answer is unknown. */
export interface Threshold {
  readonly value: number;
  /** How it was chosen, in a sentence. */
  readonly rule: string;
}

/** A model without its weights: a part of the manifest. */
export interface ModelConfiguration {
  readonly labels: string[];
  /** Whether a class for out-of-scope texts comes after the last label. */
  readonly outOfScopeClass: boolean;
  readonly features: Features;
  readonly calibration: Calibration;
  readonly threshold: Threshold;
}

/** A model that can answer. */
export interface Model {
  readonly configuration: ModelConfiguration;
  readonly weights: Weights;
}
