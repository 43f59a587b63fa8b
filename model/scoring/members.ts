import type { Member, Precision } from '../algorithms/algorithm.ts';
import { createDense, padded } from '../algorithms/dense.ts';
import type { SparseVector } from '../features/vectorizer.ts';
import { type AddRows, kernelAdder } from './kernel.ts';
import type { StoredLinear, StoredMember, StoredNetwork, StoredVector } from './model.ts';
import { addRows, quantise, type Rows, rowAdder, weightAt } from './weights.ts';

/** Brings trained weights into the form in which they are stored. */
export function storeMember(member: Member, precision: Precision): StoredMember {
  const { bias } = member;
  const rows = storeRows(member.weights, bias.length, precision);
  if (member.kind !== 'network') return { kind: member.kind, bias, rows };
  const { hiddenBias, hiddenWeights } = member;
  const hiddenRows = storeRows(hiddenWeights, hiddenBias.length, precision);
  return { kind: 'network', hiddenBias, hiddenRows, bias, rows };
}

function storeRows(weights: Float32Array, width: number, precision: Precision): Rows {
  return precision === 'int8' ? quantise(weights, width) : { values: weights };
}

/** Writes one raw score per class. */
export type Score = (vector: SparseVector, scores: Float64Array) => void;

/** Creates the scoring function of one member. */
export function memberScorer(member: StoredMember): Score {
  if (member.kind === 'vector') return vectorScorer(member);
  return member.kind === 'linear' ? linearScorer(member) : networkScorer(member);
}

function linearScorer({ bias, rows }: StoredLinear): Score {
  const add = rowsAdder(rows, bias.length);
  return (vector, scores) => {
    scores.set(bias);
    add(vector, scores);
  };
}

// Every number of a text's vector counts, so the weights are turned into floats once instead of for every text.
function vectorScorer({ bias, rows }: StoredVector): Score {
  const classes = bias.length;
  const columns = rows.values.length / classes;
  const width = padded(classes);
  const { loops, arrays } = createDense({ inputs: columns, sums: width, weights: columns * width });
  const { inputs, sums, weights } = arrays;
  for (let column = 0; column < columns; column += 1) {
    for (let at = 0; at < classes; at += 1) weights.values[column * width + at] = weightAt(rows, classes, column, at);
  }
  return ({ dense }, scores) => {
    sums.values.set(bias);
    if (dense) {
      inputs.values.set(dense);
      loops.accumulate(sums.place, inputs.place, Float32Array.BYTES_PER_ELEMENT, weights.place, columns, width);
    }
    for (let at = 0; at < classes; at += 1) scores[at] = sums.values[at] as number;
  };
}

// The kernel takes bytes, the form in which models are served.
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
    // A rectified unit below zero is inactive.
    for (let unit = 0; unit < hidden.length; unit += 1) {
      const activity = hidden[unit] as number;
      if (activity > 0) add(unit, activity, scores);
    }
  };
}
