import test from 'ava';
import NaturalBayes from 'natural/lib/natural/classifiers/bayes_classifier.js';
import NaturalLogisticRegression from 'natural/lib/natural/classifiers/logistic_regression_classifier.js';
import type { LinearMember, Member } from '../../../model/algorithms/algorithm.ts';
import { bayes, fitBayes } from '../../../model/algorithms/bayes.ts';
import { ensemble } from '../../../model/algorithms/ensemble.ts';
import { linearSvm } from '../../../model/algorithms/linear-svm.ts';
import { fitLogisticRegression, logisticRegression } from '../../../model/algorithms/logistic-regression.ts';
import { addDocuments, labelOf } from '../../../model/algorithms/natural-documents.ts';
import type { SparseVector } from '../../../model/features/vectorizer.ts';
import { memberScorer, storeMember } from '../../../model/scoring/members.ts';
import { labels, quietly, smallProblem } from '../problem.ts';
import { smallSet, strangeTexts } from '../texts.ts';

const texts = [...smallSet.map(({ text }) => text), ...strangeTexts(200, 4)];

const scoresOf = (member: LinearMember, vector: SparseVector): Float64Array => {
  const scores = new Float64Array(labels.length);
  memberScorer(storeMember(member, 'float32'))(vector, scores);
  return scores;
};

const tokensOf = ({ indices, length }: SparseVector): string[] =>
  Array.from(indices.subarray(0, length), (at) => `f${at}`);

const bestOf = (scores: Float64Array): number => scores.indexOf(Math.max(...scores));

test("the scorer says what natural's Bayes says, label and score, for any text", async (t) => {
  const { vectorizer, set } = smallProblem(bayes.features);
  const natural = new NaturalBayes();
  addDocuments(natural, set);
  natural.train();
  const member = await fitBayes(set, quietly);
  for (const text of texts) {
    const vector = vectorizer.vectorize(text);
    const scores = scoresOf(member, vector);
    const said = natural.getClassifications(tokensOf(vector));
    for (const { label, value } of said) {
      const ours = Math.exp(scores[Number(label.slice(1))] as number);
      t.true(Math.abs(ours - value) <= 1e-5 * value, `${JSON.stringify(text)}: ${label} ${ours} ${value}`);
    }
    const tied = said.filter(({ value }) => value >= (said[0]?.value ?? 0) * (1 - 1e-5)).map(({ label }) => label);
    t.true(tied.includes(labelOf(bestOf(scores))));
  }
});

test("the scorer says what natural's logistic regression says, label and score, for any text", async (t) => {
  const { vectorizer, set } = smallProblem(logisticRegression.features);
  const natural = new NaturalLogisticRegression();
  addDocuments(natural, set);
  natural.train();
  const member = await fitLogisticRegression(set, quietly);
  for (const text of texts) {
    const vector = vectorizer.vectorize(text);
    const scores = scoresOf(member, vector);
    for (const { label, value } of natural.getClassifications(tokensOf(vector))) {
      const ours = 1 / (1 + Math.exp(-(scores[Number(label.slice(1))] as number)));
      t.true(Math.abs(ours - value) < 1e-5, `${JSON.stringify(text)}: ${label} ${ours} ${value}`);
    }
  }
});

// Straight from the definition, in double precision, as the trainer sees the weights.
const linearByDefinition = ({ bias, weights }: LinearMember, { indices, values, length }: SparseVector): number[] =>
  Array.from(bias, (start, target) => {
    let score = start;
    for (let at = 0; at < length; at += 1) {
      score += (values[at] as number) * (weights[(indices[at] as number) * bias.length + target] as number);
    }
    return score;
  });

// A step is 1/127 of a row's largest weight, and rounding errs by half a step.
const roundingBound = ({ bias, weights }: LinearMember, { indices, values, length }: SparseVector): number => {
  let bound = 1e-6;
  for (let at = 0; at < length; at += 1) {
    const start = (indices[at] as number) * bias.length;
    const largest = weights
      .subarray(start, start + bias.length)
      .reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    bound += ((values[at] as number) * largest) / 254;
  }
  return bound * 1.001;
};

test('the scorer says what the SVM learned: exactly unquantised, within the rounding bound in bytes', async (t) => {
  const { vectorizer, set } = smallProblem(linearSvm.features);
  const [member] = (await linearSvm.fit(set, quietly)) as [LinearMember];
  const bytes = memberScorer(storeMember(member, 'int8'));
  for (const text of texts) {
    const vector = vectorizer.vectorize(text);
    const expected = linearByDefinition(member, vector);
    const exact = scoresOf(member, vector);
    const rounded = new Float64Array(labels.length);
    bytes(vector, rounded);
    const bound = roundingBound(member, vector);
    expected.forEach((score, target) => {
      t.true(Math.abs((exact[target] as number) - score) < 1e-9);
      t.true(Math.abs((rounded[target] as number) - score) <= bound);
    });
    const [first = 0, second = 0] = [...expected].sort((left, right) => right - left);
    if (first - second > 2 * bound) t.is(bestOf(rounded), bestOf(Float64Array.from(expected)));
  }
});

test('every algorithm learns its own small training set, in bytes too', async (t) => {
  for (const algorithm of [linearSvm, bayes, logisticRegression, ensemble]) {
    const { vectorizer, set } = smallProblem(algorithm.features);
    const members: Member[] = await algorithm.fit(set, quietly);
    const scorers = members.map((member) => memberScorer(storeMember(member, algorithm.precision)));
    const right = smallSet.filter(({ text, intent }) => {
      const vector = vectorizer.vectorize(text);
      const votes = scorers.map((score) => {
        const scores = new Float64Array(labels.length);
        score(vector, scores);
        return labels[bestOf(scores)];
      });
      return votes.filter((vote) => vote === intent).length * 2 > votes.length;
    });
    t.true(right.length >= 14, `${right.length} of ${smallSet.length}`);
  }
});

test('the same seed gives the same weights, another seed another network', async (t) => {
  const { set } = smallProblem();
  const first = await ensemble.fit(set, quietly);
  t.deepEqual(await ensemble.fit(set, quietly), first);
  t.notDeepEqual(await ensemble.fit(set, { ...quietly, seed: 2 }), first);
});

test('logistic regression is refused where it cannot scale, with the reason', (t) => {
  const { set } = smallProblem();
  t.is(logisticRegression.refuse?.(set), undefined);
  const large = { ...set, matrix: { ...set.matrix, rows: 15_000, columns: 5000 }, classes: 150 };
  t.is(
    logisticRegression.refuse?.(large),
    "logistic-regression: 15000 texts x 5000 features x 150 intents = 11250000000, and natural's gradient descent " +
      'takes minutes beyond 2000000; use linear-svm, which is linear too and trains in seconds',
  );
});
