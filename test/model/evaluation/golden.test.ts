import test from 'ava';
import { checkGolden } from '../../../model/evaluation/golden.ts';

test('the texts with a wrong answer fail', (t) => {
  const predict = (text: string) => ({ intent: text === '' ? 'unknown' : 'praise', confidence: 1, alternatives: [] });
  const examples = [
    { text: '', intent: 'unknown', line: 2 },
    { text: 'great', intent: 'praise', line: 3 },
    { text: 'awful', intent: 'complaint', line: 4 },
  ];
  t.deepEqual(checkGolden(predict, examples, 'unknown'), {
    texts: 3,
    failures: [{ text: 'awful', expected: 'complaint', got: 'praise' }],
  });
});

test('an out-of-scope text must turn unknown', (t) => {
  const predict = () => ({ intent: 'unknown', confidence: 0.1, alternatives: [] });
  t.deepEqual(checkGolden(predict, [{ text: 'qwerty', intent: 'oos', line: 2 }], 'oos'), { texts: 1, failures: [] });
});
