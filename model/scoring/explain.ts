import type { Weights } from '../artifact/tensors.ts';
import type { Classifier, Contribution, Explanation } from '../classifier.ts';
import type { Vectorizer } from '../features/vectorizer.ts';
import type { Head } from './create-classifier.ts';
import type { StoredMember, StoredNetwork } from './members.ts';
import { addRows, rowAdder, weightAt } from './weights.ts';

const MOST = 10;

/** A feature's effect on one class, over all members. */
type Effect = (feature: number, value: number) => number;

/** Explains by the very weights that score: how far each feature moved the class against the average class. */
export function createExplainer(
  { labels, calibration }: Head,
  { members }: Weights,
  vectorizer: Vectorizer,
  predict: Classifier['predict'],
): Classifier['explain'] {
  return (text, intent) => {
    const chosen = intent ?? (predict(text, { top: 1 }).alternatives[0]?.intent as string);
    const label = labels.indexOf(chosen);
    if (label < 0) throw new RangeError(`intent: expected one of ${labels.join(', ')}, got ${chosen}`);
    const names = vectorizer.names(text);
    const vector = vectorizer.vectorize(text);
    const hidden = members.map((member) => (member.kind === 'network' ? activeUnits(member, vector) : undefined));
    const effects = members.map((member, index) => effectOf(member, label, hidden[index]));
    const contributions = Array.from({ length: vector.length }, (_, at) => {
      const feature = vector.indices[at] as number;
      const value = vector.values[at] as number;
      const weight = effects.reduce(
        (sum, effect, index) =>
          sum + (effect(feature, value) * (calibration.members[index] as number)) / effects.length,
        0,
      );
      return { feature: names.get(feature) ?? '', weight };
    });
    return explanation(chosen, contributions);
  };
}

function explanation(intent: string, contributions: Contribution[]): Explanation {
  const towards = contributions.filter(({ weight }) => weight > 0).sort((left, right) => right.weight - left.weight);
  const against = contributions.filter(({ weight }) => weight < 0).sort((left, right) => left.weight - right.weight);
  return { intent, towards: towards.slice(0, MOST), against: against.slice(0, MOST) };
}

const effectOf = (member: StoredMember, label: number, active: Int32Array | undefined): Effect =>
  member.kind === 'linear'
    ? linearEffect(member.rows, member.bias.length, label)
    : networkEffect(member, label, active);

function linearEffect(rows: Parameters<typeof weightAt>[0], classes: number, label: number): Effect {
  return (feature, value) => {
    const weight = weightAt(rows, classes, feature, label);
    return value * (weight - averageWeight(rows, classes, feature));
  };
}

function averageWeight(rows: Parameters<typeof weightAt>[0], classes: number, row: number): number {
  let sum = 0;
  for (let at = 0; at < classes; at += 1) sum += weightAt(rows, classes, row, at);
  return sum / classes;
}

function activeUnits(member: StoredNetwork, vector: Parameters<typeof addRows>[0]): Int32Array {
  const sums = Float64Array.from(member.hiddenBias);
  addRows(vector, rowAdder(member.hiddenRows, sums.length), sums);
  return Int32Array.from([...sums.keys()].filter((unit) => (sums[unit] as number) > 0));
}

// With the units that fire held fixed, the network is linear too.
function networkEffect(member: StoredNetwork, label: number, active: Int32Array | undefined): Effect {
  const classes = member.bias.length;
  const units = active ?? new Int32Array();
  const outward = Float64Array.from(
    units,
    (unit) => weightAt(member.rows, classes, unit, label) - averageWeight(member.rows, classes, unit),
  );
  return (feature, value) => {
    let sum = 0;
    units.forEach((unit, at) => {
      sum += weightAt(member.hiddenRows, member.hiddenBias.length, feature, unit) * (outward[at] as number);
    });
    return value * sum;
  };
}
