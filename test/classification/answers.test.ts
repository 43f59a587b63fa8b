import test from 'ava';
import { answerLine, headerLine } from '../../classification/answers.ts';
import type { Layout } from '../../classification/layout.ts';

const layout: Layout = {
  format: 'csv',
  encoding: 'utf-8',
  separator: ';',
  names: ['id', 'text', 'intent'],
  column: 'text',
};
const prediction = {
  intent: 'unknown',
  confidence: 0.41234567,
  alternatives: [
    { intent: 'praise', confidence: 0.41234567 },
    { intent: 'complaint', confidence: 0.3 },
  ],
};
const row = { line: 2, text: 'say "a, b"', values: ['1', 'say "a, b"', 'x'] };

test('separated values keep their columns, and a name that is taken gets a prefix', (t) => {
  t.is(headerLine(layout, { format: 'csv', top: 1 }), 'id,text,intent,predicted_intent,confidence,guess\n');
  t.is(answerLine(row, prediction, layout, { format: 'csv', top: 1 }), '1,"say ""a, b""",x,unknown,0.4123,praise\n');
  t.is(
    headerLine({ ...layout, names: ['text'] }, { format: 'tsv', top: 3 }),
    'text\tintent\tconfidence\tguess\tguess_2\tconfidence_2\tguess_3\tconfidence_3\n',
  );
  const three = answerLine({ ...row, values: ['a'] }, prediction, layout, { format: 'tsv', top: 3 });
  t.is(three, 'a\tunknown\t0.4123\tpraise\tcomplaint\t0.3000\t\t\n');
});

test('JSON Lines keep their keys', (t) => {
  const alternatives = [{ intent: 'praise', confidence: 0.4123 }];
  t.is(headerLine(layout, { format: 'jsonl', top: 1 }), '');
  t.deepEqual(JSON.parse(answerLine(row, prediction, layout, { format: 'jsonl', top: 1 })), {
    ...{ id: '1', text: 'say "a, b"', intent: 'x', predicted_intent: 'unknown', confidence: 0.4123, alternatives },
  });
  const keyed = { line: 1, text: 'a', values: { text: 'a', n: 1 } };
  t.deepEqual(JSON.parse(answerLine(keyed, prediction, { ...layout, names: [] }, { format: 'jsonl', top: 1 })), {
    ...{ text: 'a', n: 1, intent: 'unknown', confidence: 0.4123, alternatives },
  });
  t.is(answerLine(keyed, prediction, { ...layout, names: [] }, { format: 'csv', top: 1 }), 'a,unknown,0.4123,praise\n');
});
