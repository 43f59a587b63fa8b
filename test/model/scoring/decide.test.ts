import test from 'ava';
import { decide } from '../../../model/scoring/decide.ts';

const labels = ['complaint', 'greeting', 'praise'];

test('the answer is the likeliest intent, with the next ones in order', (t) => {
  t.deepEqual(decide(Float64Array.of(0.2, 0.7, 0.1), { labels, threshold: 0.5 }, 2), {
    intent: 'greeting',
    confidence: 0.7,
    alternatives: [
      { intent: 'greeting', confidence: 0.7 },
      { intent: 'complaint', confidence: 0.2 },
    ],
  });
});

test('below the threshold the answer is unknown, with the best guesses', (t) => {
  const { intent, confidence, alternatives } = decide(Float64Array.of(0.2, 0.49, 0.31), { labels, threshold: 0.5 }, 9);
  t.is(intent, 'unknown');
  t.is(confidence, 0.49);
  t.deepEqual(
    alternatives.map((guess) => guess.intent),
    ['greeting', 'praise', 'complaint'],
  );
});

test('a confidence equal to the threshold is answered', (t) => {
  t.is(decide(Float64Array.of(0.5, 0.3, 0.2), { labels, threshold: 0.5 }, 1).intent, 'complaint');
});

test('the answer is unknown when the out-of-scope class is the likeliest; that class is no alternative', (t) => {
  const answer = decide(Float64Array.of(0.1, 0.4, 0, 0.5), { labels, threshold: 0.2 }, 9);
  t.is(answer.intent, 'unknown');
  t.deepEqual(
    answer.alternatives.map(({ intent }) => intent),
    ['greeting', 'complaint', 'praise'],
  );
  t.is(decide(Float64Array.of(0.1, 0.45, 0, 0.45), { labels, threshold: 0.2 }, 1).intent, 'greeting');
});

test('of equally likely intents the first comes first, for any number of alternatives', (t) => {
  const ask = (top: number) =>
    decide(Float64Array.of(0.25, 0.3, 0.25, 0.2), { labels: ['a', 'b', 'c', 'd'], threshold: 0 }, top).alternatives.map(
      ({ intent }) => intent,
    );
  t.deepEqual([0, 1, 2, 3, 9].map(ask), [['b'], ['b'], ['b', 'a'], ['b', 'a', 'c'], ['b', 'a', 'c', 'd']]);
});
