import test from 'ava';
import { checkGolden } from '../../../model/evaluation/golden.ts';

test('every text is asked, and what fails is told', (t) => {
  const predict = (text: string) => ({ intent: text === '' ? 'unknown' : 'praise', confidence: 1, alternatives: [] });
  const examples = [
    { text: '', intent: 'unknown', line: 2 },
    { text: 'great', intent: 'praise', line: 3 },
    { text: 'awful', intent: 'complaint', line: 4 },
  ];
  t.deepEqual(checkGolden(predict, examples), {
    texts: 3,
    failures: [{ text: 'awful', expected: 'complaint', got: 'praise' }],
  });
});
