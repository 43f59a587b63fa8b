import test from 'ava';
import { decide } from '../../../model/scoring/decide.ts';

type Case = [title: string, probabilities: number[], threshold: number, top: number, intent: string, guesses: string];

const cases: Case[] = [
  ['the answer is the likeliest intent, with the next ones in order', [0.2, 0.7, 0.1], 0.5, 2, 'b', 'ba'],
  ['below the threshold the answer is unknown, with the best guesses', [0.2, 0.49, 0.31], 0.5, 9, 'unknown', 'bca'],
  ['a confidence equal to the threshold is answered', [0.5, 0.3, 0.2], 0.5, 1, 'a', 'a'],
  ['the answer is unknown when the out-of-scope class is the likeliest', [0.1, 0.4, 0, 0.5], 0.2, 9, 'unknown', 'bac'],
  ['an intent as likely as the out-of-scope class is the answer', [0.1, 0.45, 0, 0.45], 0.2, 1, 'b', 'b'],
  ['there is at least one alternative', [0.3, 0.4, 0.3], 0, 0, 'b', 'b'],
  ['of equally likely intents the first is the answer', [0.4, 0.4, 0.2], 0, 1, 'a', 'a'],
  ['of equally likely intents the first is the second alternative', [0.3, 0.4, 0.3], 0, 2, 'b', 'ba'],
  ['equally likely intents keep their order', [0.3, 0.4, 0.3], 0, 3, 'b', 'bac'],
];

for (const [title, probabilities, threshold, top, intent, guesses] of cases) {
  test(title, (t) => {
    const labels = ['a', 'b', 'c'];
    const confidenceOf = (label = '') => probabilities[labels.indexOf(label)] as number;
    t.deepEqual(decide(Float64Array.from(probabilities), { labels, threshold }, top), {
      intent,
      confidence: confidenceOf(guesses[0]),
      alternatives: [...guesses].map((label) => ({ intent: label, confidence: confidenceOf(label) })),
    });
  });
}
