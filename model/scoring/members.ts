import type { LinearMember, Member, NetworkMember } from '../algorithms/algorithm.ts';
import type { SparseVector } from '../features/vectorizer.ts';
import { type AddRows, kernelAdder } from './kernel.ts';
import { addRows, quantise, type Rows, rowAdder } from './weights.ts';

/** A linear member as it is stored and scored. */
export interface StoredLinear {
  readonly kind: 'linear';
  readonly bias: Float32Array;
  readonly rows: Rows;
}

/** A network member as it is stored and scored: the large first layer may be quantised. */
export interface StoredNetwork {
  readonly kind: 'network';
  readonly hiddenBias: Float32Array;
  readonly hiddenRows: Rows;
  readonly bias: Float32Array;
  readonly rows: Rows;
}

export type StoredMember = StoredLinear | StoredNetwork;
export type Precision = 'int8' | 'float32';

/** Writes one raw score per class. */
export type Score = (vector: SparseVector, scores: Float64Array) => void;

/** Brings trained weights into the form in which they are stored. */
export function storeMember(member: Member, precision: Precision): StoredMember {
  return member.kind === 'linear' ? storeLinear(member, precision) : storeNetwork(member, precision);
}

const storeRows = (weights: Float32Array, width: number, precision: Precision): Rows =>
  precision === 'int8' ? quantise(weights, width) : { values: weights };

const storeLinear = ({ bias, weights }: LinearMember, precision: Precision): StoredLinear => ({
  kind: 'linear',
  bias,
  rows: storeRows(weights, bias.length, precision),
});

const storeNetwork = (member: NetworkMember, precision: Precision): StoredNetwork => ({
  kind: 'network',
  hiddenBias: member.hiddenBias,
  hiddenRows: storeRows(member.hiddenWeights, member.hiddenBias.length, precision),
  bias: member.bias,
  rows: storeRows(member.weights, member.bias.length, precision),
});

/** The scoring function of one member. */
export const memberScorer = (member: StoredMember): Score =>
  member.kind === 'linear' ? linearScorer(member) : networkScorer(member);

function linearScorer({ bias, rows }: StoredLinear): Score {
  const add = rowsAdder(rows, bias.length);
  return (vector, scores) => {
    scores.set(bias);
    add(vector, scores);
  };
}

// The kernel takes bytes, which is what is served.
function rowsAdder(rows: Rows, width: number): AddRows {
  if ('scales' in rows) return kernelAdder(rows, width);
  const add = rowAdder(rows, width);
  return (vector, sums) => addRows(vector, add, sums);
}

function networkScorer(member: StoredNetwork): Score {
  const hidden = new Float64Array(member.hiddenBias.length);
  const addHidden = rowsAdder(member.hiddenRows, hidden.length);
  const add = rowAdder(member.rows, member.bias.length);
  return (vector, scores) => {
    hidden.set(member.hiddenBias);
    addHidden(vector, hidden);
    scores.set(member.bias);
    // A unit below zero is silent (rectified).
    for (let unit = 0; unit < hidden.length; unit += 1) {
      const activity = hidden[unit] as number;
      if (activity > 0) add(unit, activity, scores);
    }
  };
}
