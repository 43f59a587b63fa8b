import type { Features } from '../features/features.ts';
import type { Pieces } from '../features/pieces.ts';
import type { QuantisedRows, Rows } from './weights.ts';

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

/** A linear function of the text's vector as it is stored and scored. */
export interface StoredVector {
  readonly kind: 'vector';
  readonly bias: Float32Array;
  readonly rows: Rows;
}

export type StoredMember = StoredLinear | StoredNetwork | StoredVector;

/** Where each token lies in a space in which tokens of similar meaning are neighbours. */
export interface TokenVectors {
  readonly pieces: Pieces;
  /** Tokens x columns. */
  readonly rows: QuantisedRows;
}

/** Which token vectors a model has. */
export interface VectorSource {
  /** The package and version that they come from. */
  readonly source: string;
  readonly columns: number;
}

/** The arrays of a model. */
export interface Weights {
  hashes: Int32Array;
  frequencies?: Float32Array;
  tokenVectors?: TokenVectors;
  members: readonly StoredMember[];
}

/** Temperatures that turn raw scores into calibrated probabilities. */
export interface Calibration {
  /** One per member, applied to its scores. */
  readonly members: number[];
  /** Applied to the logarithm of the members' average. */
  readonly mixture: number;
  /** The share of each member in the average; without them, all are equal. */
  readonly weights?: number[] | undefined;
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
  readonly tokenVectors?: VectorSource | undefined;
  readonly calibration: Calibration;
  readonly threshold: Threshold;
}

/** A model that can answer. */
export interface Model {
  readonly configuration: ModelConfiguration;
  readonly weights: Weights;
}
