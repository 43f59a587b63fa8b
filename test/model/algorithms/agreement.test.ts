import test from 'ava';
import NaturalBayes from 'natural/lib/natural/classifiers/bayes_classifier.js';
import NaturalLogisticRegression from 'natural/lib/natural/classifiers/logistic_regression_classifier.js';
import type { LinearMember } from '../../../model/algorithms/algorithm.ts';
import { bayes } from '../../../model/algorithms/bayes.ts';
import { ensemble } from '../../../model/algorithms/ensemble.ts';
import { fitSvm, linearSvm } from '../../../model/algorithms/linear-svm.ts';
import { logisticRegression } from '../../../model/algorithms/logistic-regression.ts';
import { trainOn } from '../../../model/algorithms/natural-documents.ts';
import type { SparseVector } from '../../../model/features/vectorizer.ts';
import { memberScorer, storeMember } from '../../../model/scoring/members.ts';
import type { StoredMember } from '../../../model/scoring/model.ts';
import { entriesOf, quietly, smallProblem } from '../problem.ts';
import { smallSet, strangeTexts } from '../texts.ts';

const texts = [...smallSet.map(({ text }) => text), ...strangeTexts(200, 4)];

function scoresOf(member: StoredMember, vector: SparseVector): Float64Array {
  const scores = new Float64Array(member.bias.length);
  memberScorer(member)(vector, scores);
  return scores;
}

for (const [name, algorithm, Natural, probability] of [
  ['Bayes', bayes, NaturalBayes, Math.exp],
  ['regression', logisticRegression, NaturalLogisticRegression, (score: number) => 1 / (1 + Math.exp(-score))],
] as const) {
  test(`the scorer gives the scores of natural's ${name} for any text`, async (t) => {
    const { vectorizer, set } = await smallProblem(algorithm.features);
    const natural = new Natural();
    trainOn(natural, set);
    const [member] = (await algorithm.fit(set, quietly)) as [LinearMember];
    const stored = storeMember(member, 'float32');
    for (const text of texts) {
      const vector = vectorizer.vectorize(text);
      const scores = scoresOf(stored, vector);
      const tokens = entriesOf(vector).map(([feature]) => `f${feature}`);
      for (const { label, value } of natural.getClassifications(tokens)) {
        const ours = probability(scores[Number(label.slice(1))] as number);
        t.true(Math.abs(ours - value) <= 1e-5 * value, `${JSON.stringify(text)}: ${label} ${ours} ${value}`);
      }
    }
  });
}

// By the definition, in double precision.
function linearScores({ bias, weights }: LinearMember, vector: SparseVector): number[] {
  return Array.from(bias, (start, target) =>
    entriesOf(vector).reduce((score, [feature, value]) => {
      return score + value * (weights[feature * bias.length + target] as number);
    }, start),
  );
}

// A step is 1/127 of a row's largest weight, and the rounding error is at most half a step.
function roundingBound({ bias, weights }: LinearMember, vector: SparseVector): number {
  const bounds = entriesOf(vector).map(([feature, value]) => {
    const row = weights.subarray(feature * bias.length, (feature + 1) * bias.length);
    return (value * Math.max(...row.map(Math.abs))) / 254;
  });
  return 1.001 * bounds.reduce((sum, bound) => sum + bound, 1e-6);
}

test('the scorer gives the scores of the SVM: exactly as floats, within the rounding bound as bytes', async (t) => {
  const { vectorizer, set } = await smallProblem(linearSvm.features);
  const member = await fitSvm(set, quietly);
  const [floats, bytes] = [storeMember(member, 'float32'), storeMember(member, 'int8')];
  for (const text of texts) {
    const vector = vectorizer.vectorize(text);
    const exact = scoresOf(floats, vector);
    const rounded = scoresOf(bytes, vector);
    const bound = roundingBound(member, vector);
    linearScores(member, vector).forEach((score, target) => {
      t.true(Math.abs((exact[target] as number) - score) < 1e-9);
      t.true(Math.abs((rounded[target] as number) - score) <= bound);
    });
  }
});

test('the same seed gives the same weights, another seed another network', async (t) => {
  const { set } = await smallProblem();
  const first = await ensemble.fit(set, quietly);
  t.deepEqual(await ensemble.fit(set, quietly), first);
  t.notDeepEqual(await ensemble.fit(set, { ...quietly, seed: 2 }), first);
});

test('logistic regression refuses a size at which it is too slow, with the reason', async (t) => {
  const { set } = await smallProblem();
  const large = { ...set, matrix: { ...set.matrix, rows: 15_000, columns: 5000 }, classes: 150 };
  t.is(
    logisticRegression.refuse?.(large),
    "logistic-regression: 15000 texts x 5000 features x 150 intents = 11250000000, and natural's gradient descent " +
      'takes minutes beyond 2000000; use linear-svm, which is linear too and trains in seconds',
  );
});
