import test from 'ava';
import { type Answer, chooseThreshold } from '../../../model/scoring/threshold.ts';

const right = (confidence: number): Answer => ({ confidence, right: true, outOfScope: false, refused: false });
const wrong = (confidence: number): Answer => ({ ...right(confidence), right: false });
const stranger = (confidence: number): Answer => ({ ...wrong(confidence), outOfScope: true });

test('with out-of-scope examples: the line that leaves most answers right', (t) => {
  const answers = [stranger(0.1), right(0.2), stranger(0.3), stranger(0.4), right(0.6), stranger(0.65), right(0.9)];
  t.deepEqual(chooseThreshold(answers, 0.55), {
    value: 0.5,
    rule: 'most right answers on held-out texts if 55 % of all were out of scope, where unknown is right',
  });
});

test('the less is expected to be out of scope, the lower the line', (t) => {
  const answers = [stranger(0.1), right(0.2), stranger(0.3), stranger(0.4), right(0.6), stranger(0.65), right(0.9)];
  t.deepEqual(
    [0.01, 0.5, 0.9].map((share) => Number(chooseThreshold(answers, share).value.toFixed(3))),
    [0.15, 0.5, 0.775],
  );
});

test('wrong answers are turned unknown where that costs nothing', (t) => {
  t.is(chooseThreshold([wrong(0.2), wrong(0.3), right(0.5), stranger(0.1), stranger(0.9)], 0.1).value, 0.4);
});

test('what the out-of-scope class refuses anyway has no say', (t) => {
  const refused = { ...stranger(0.95), refused: true };
  t.is(chooseThreshold([refused, right(0.5), right(0.9)], 0.5).value, 0);
});

test('no line is drawn where it would only cost right answers', (t) => {
  t.is(chooseThreshold([right(0.1), stranger(0.2)], 0.4).value, 0);
});

test('without out-of-scope examples: 1 % of the right answers turn unknown', (t) => {
  const answers = [...Array.from({ length: 200 }, (_, index) => right((index + 1) / 200)), wrong(0.001)];
  t.deepEqual(chooseThreshold(answers, 0.1), {
    value: 3 / 200,
    rule: 'turns 1 % of the right answers on held-out texts unknown: no out-of-scope examples were given',
  });
});
