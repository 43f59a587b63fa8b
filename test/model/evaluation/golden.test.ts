import test from 'ava';
import { checkGolden } from '../../../model/evaluation/golden.ts';

test('the texts with a wrong answer fail; an out-of-scope text must turn unknown', (t) => {
  const answer = { confidence: 1, alternatives: [] };
  const predict = (text: string) => ({ ...answer, intent: text.endsWith('?') ? 'unknown' : 'praise' });
  const intents = { great: 'praise', awful: 'complaint', hm: 'oos', 'qwerty?': 'oos', '?': 'unknown' };
  const examples = Object.entries(intents).map(([text, intent], line) => ({ text, intent, line }));
  t.deepEqual(checkGolden(predict, examples, 'oos'), {
    texts: 5,
    failures: [
      { text: 'awful', expected: 'complaint', got: 'praise' },
      { text: 'hm', expected: 'unknown', got: 'praise' },
    ],
  });
});
