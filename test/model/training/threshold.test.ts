import test from 'ava';
import { type Answer, chooseThreshold } from '../../../model/training/threshold.ts';

function right(confidence: number): Answer {
  return { confidence, right: true, outOfScope: false, refused: false };
}

function wrong(confidence: number): Answer {
  return { ...right(confidence), right: false };
}

function outOfScope(confidence: number): Answer {
  return { ...wrong(confidence), outOfScope: true };
}

const answers = [...[0.2, 0.6, 0.9].map(right), ...[0.1, 0.3, 0.4, 0.65].map(outOfScope)];
const wrongBelowRight = [...[0.2, 0.3].map(wrong), right(0.5), ...[0.1, 0.9].map(outOfScope)];
const refused = { ...outOfScope(0.95), refused: true };
const inScope = [...Array.from({ length: 200 }, (_, index) => right((index + 1) / 200)), wrong(0.001)];

const cases: [title: string, answers: Answer[], outOfScopeShare: number, threshold: number][] = [
  ['the threshold leaves most answers right', answers, 0.55, 0.5],
  ['a small expected share out of scope gives a low threshold', answers, 0.01, 0.15],
  ['a large expected share out of scope gives a high threshold', answers, 0.9, 0.775],
  ['wrong answers are turned unknown at no cost', wrongBelowRight, 0.1, 0.4],
  ['answers that the out-of-scope class refuses do not count', [refused, right(0.5), right(0.9)], 0.5, 0],
  ['the threshold is zero where another would only cost right answers', [right(0.1), outOfScope(0.2)], 0.4, 0],
  ['without out-of-scope examples, 1 % of the right answers turn unknown', inScope, 0.1, 3 / 200],
  ['without them, an answer that is more likely right than wrong is given', [0.97, 0.98, 0.99].map(right), 0.1, 0.5],
];

for (const [title, given, outOfScopeShare, threshold] of cases) {
  test(title, (t) => {
    t.is(Number(chooseThreshold(given, outOfScopeShare).value.toFixed(4)), threshold);
  });
}

test('the rule states how the threshold was chosen', (t) => {
  t.deepEqual(
    [answers, inScope].map((given) => chooseThreshold(given, 0.55).rule),
    [
      'most right answers on held-out texts if 55 % of all were out of scope, where unknown is right',
      'turns 1 % of the right answers on held-out texts unknown, at most those below 0.5: no out-of-scope examples were given',
    ],
  );
});
