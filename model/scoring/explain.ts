import type { ReadableText, SparseVector, Vectorizer } from '../features/vectorizer.ts';
import type { Contribution, Explanation, Predict, Predictor, WordContribution } from '../prediction.ts';
import type { Calibration, Model, StoredMember, StoredNetwork } from './model.ts';
import type { TextVectors } from './text-vectors.ts';
import { type TokenWeight, tokenWeights, wordsOfToken } from './token-weights.ts';
import { addRows, rowAdder, weightAboveAverage, weightAt } from './weights.ts';

const mostContributions = 10;

/** Returns a feature's effect on one class. */
type Effect = (feature: number, value: number) => number;

/** Explains by the weights that score: how far each feature moved the class, compared with the average class. */
export function createExplainer(model: Model, readers: Readers, predict: Predict): Predictor['explain'] {
  const { labels, calibration } = model.configuration;
  const { members } = model.weights;
  const { vectorizer } = readers;
  const factors = members.map((_, member) => factorOf(calibration, member));
  return (text, intent) => {
    const chosen = intent ?? (predict(text, { top: 1 }).alternatives[0]?.intent as string);
    const label = labels.indexOf(chosen);
    if (label < 0) throw new RangeError(`intent: expected one of ${labels.join(', ')}, got ${chosen}`);
    const readable = vectorizer.read(text);
    const vector = vectorizer.vectorize(text);
    const effects = members.map((member) => effectOf(member, label, vector));
    const weights = new Map(
      Array.from({ length: vector.length }, (_, at) => {
        const feature = vector.indices[at] as number;
        const value = vector.values[at] as number;
        const scaled = effects.map((effect, member) => effect(feature, value) * (factors[member] as number));
        return [feature, scaled.reduce((sum, part) => sum + part, 0)] as const;
      }),
    );
    const tokens = readers.textVectors ? tokenWeights(members, readers.textVectors, { text, label, factors }) : [];
    const contributions = [...contributionsOf(weights, readable), ...tokenContributions(tokens)];
    return {
      ...strongestOf(chosen, contributions),
      words: withTokens(wordsOf(weights, readable), tokens, text),
    };
  };
}

/** What turns a text into numbers. */
interface Readers {
  readonly vectorizer: Vectorizer;
  readonly textVectors: TextVectors | undefined;
}

/** Returns what a member's score is multiplied by in the explanation. */
function factorOf({ members, weights }: Calibration, member: number): number {
  return (members[member] as number) * (weights?.[member] ?? 1 / members.length);
}

// A token that occurs several times is one contribution, like a feature.
function tokenContributions(tokens: readonly TokenWeight[]): Contribution[] {
  const sums = new Map<string, number>();
  for (const { name, weight } of tokens) sums.set(name, (sums.get(name) ?? 0) + weight);
  return [...sums].map(([name, weight]) => ({ feature: `token: ${name}`, weight }));
}

function withTokens(words: WordContribution[], tokens: readonly TokenWeight[], text: string): WordContribution[] {
  const places = tokens.length > 0 ? wordsOfToken(words, tokens, text) : [];
  tokens.forEach(({ weight }, at) => {
    const covered = places[at] ?? [];
    for (const word of covered) word.weight += weight / covered.length;
  });
  return words;
}

/** The weight of each feature of a text, by its index. */
type Weights = ReadonlyMap<number, number>;

function contributionsOf(weights: Weights, { features }: ReadableText): Contribution[] {
  return [...weights].map(([index, weight]) => ({ feature: features.get(index)?.name ?? '', weight }));
}

// A feature of several words, or that occurs several times, is shared among them in equal parts.
function wordsOf(weights: Weights, { tokens, features }: ReadableText): WordContribution[] {
  const words = tokens.map((word) => ({ word, weight: 0 }));
  for (const [index, weight] of weights) {
    const { occurrences = [] } = features.get(index) ?? {};
    for (const places of occurrences)
      for (const place of places) {
        const word = words[place];
        if (word) word.weight += weight / occurrences.length / places.length;
      }
  }
  return words;
}

function strongestOf(intent: string, contributions: Contribution[]): Omit<Explanation, 'words'> {
  const towards = contributions.filter(({ weight }) => weight > 0).sort((left, right) => right.weight - left.weight);
  const against = contributions.filter(({ weight }) => weight < 0).sort((left, right) => left.weight - right.weight);
  return { intent, towards: towards.slice(0, mostContributions), against: against.slice(0, mostContributions) };
}

function effectOf(member: StoredMember, label: number, vector: SparseVector): Effect {
  // Its inputs are tokens, not features.
  if (member.kind === 'vector') return () => 0;
  if (member.kind === 'network') return networkEffect(member, label, activeUnits(member, vector));
  return (feature, value) => value * weightAboveAverage(member.rows, member.bias.length, feature, label);
}

function activeUnits(member: StoredNetwork, vector: SparseVector): Int32Array {
  const sums = Float64Array.from(member.hiddenBias);
  addRows(vector, rowAdder(member.hiddenRows, sums.length), sums);
  return Int32Array.from([...sums.keys()].filter((unit) => (sums[unit] as number) > 0));
}

// With its active units held fixed, the network is linear too.
function networkEffect(member: StoredNetwork, label: number, units: Int32Array): Effect {
  const { hiddenRows, hiddenBias, rows, bias } = member;
  const outputs = Float64Array.from(units, (unit) => weightAboveAverage(rows, bias.length, unit, label));
  return (feature, value) => {
    let sum = 0;
    units.forEach((unit, at) => {
      sum += weightAt(hiddenRows, hiddenBias.length, feature, unit) * (outputs[at] as number);
    });
    return value * sum;
  };
}
