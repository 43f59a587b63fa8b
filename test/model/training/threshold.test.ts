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

const answers = [
  outOfScope(0.1),
  right(0.2),
  outOfScope(0.3),
  outOfScope(0.4),
  right(0.6),
  outOfScope(0.65),
  right(0.9),
];

test('with out-of-scope examples, the threshold leaves most answers right', (t) => {
  t.deepEqual(chooseThreshold(answers, 0.55), {
    value: 0.5,
    rule: 'most right answers on held-out texts if 55 % of all were out of scope, where unknown is right',
  });
});

test('a smaller expected share out of scope gives a lower threshold', (t) => {
  t.deepEqual(
    [0.01, 0.5, 0.9].map((share) => Number(chooseThreshold(answers, share).value.toFixed(3))),
    [0.15, 0.5, 0.775],
  );
});

test('wrong answers are turned unknown at no cost', (t) => {
  t.is(chooseThreshold([wrong(0.2), wrong(0.3), right(0.5), outOfScope(0.1), outOfScope(0.9)], 0.1).value, 0.4);
});

test('answers that the out-of-scope class refuses do not count', (t) => {
  const refused = { ...outOfScope(0.95), refused: true };
  t.is(chooseThreshold([refused, right(0.5), right(0.9)], 0.5).value, 0);
});

test('the threshold is zero where another would only cost right answers', (t) => {
  t.is(chooseThreshold([right(0.1), outOfScope(0.2)], 0.4).value, 0);
});

test('without out-of-scope examples, 1 % of the right answers turn unknown', (t) => {
  const inScope = [...Array.from({ length: 200 }, (_, index) => right((index + 1) / 200)), wrong(0.001)];
  t.deepEqual(chooseThreshold(inScope, 0.1), {
    value: 3 / 200,
    rule: 'turns 1 % of the right answers on held-out texts unknown: no out-of-scope examples were given',
  });
});
