import test from 'ava';
import { checkGolden } from '../../../model/evaluation/golden.ts';

test('the texts with a wrong answer fail; an out-of-scope text must turn unknown', (t) => {
  const predict = (text: string) => ({
    intent: text === 'qwerty' ? 'unknown' : 'praise',
    confidence: 1,
    alternatives: [],
  });
  const intents = { great: 'praise', awful: 'complaint', hm: 'oos', qwerty: 'oos' };
  const examples = Object.entries(intents).map(([text, intent], line) => ({ text, intent, line }));
  t.deepEqual(checkGolden(predict, examples, 'oos'), {
    texts: 4,
    failures: [
      { text: 'awful', expected: 'complaint', got: 'praise' },
      { text: 'hm', expected: 'unknown', got: 'praise' },
    ],
  });
  t.deepEqual(checkGolden(predict, [{ text: 'qwerty', intent: 'unknown', line: 2 }], 'oos').failures, []);
});
