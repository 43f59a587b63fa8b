import test from 'ava';
import type { Layout } from '../../classification/layout.ts';
import { readRows } from '../../classification/rows.ts';

const layout: Layout = { format: 'csv', encoding: 'utf-8', separator: ',', names: ['id', 'text'], column: 'text' };
const noCheck = () => undefined;

test('separated values: fields, lines of quoted line breaks, and what is wrong', (t) => {
  const content = '1,a\n2,"b\nc"\r\n\n3,d,e\n4,5" wide\n5,"open\n';
  t.deepEqual(readRows(content, 2, layout, noCheck), {
    rows: [
      { line: 2, text: 'a', values: ['1', 'a'] },
      { line: 3, text: 'b\nc', values: ['2', 'b\nc'] },
      { line: 7, text: '5" wide', values: ['4', '5" wide'] },
    ],
    bad: [
      {
        line: 6,
        reason: 'expected 2 fields, as in the first line, got 3; put quotes around a field that holds the separator',
      },
      { line: 8, reason: 'expected the quote that opens in this row to be closed; double a quote inside quotes' },
    ],
  });
});

test('JSON Lines: objects with the key', (t) => {
  const content = '{"text": "a", "id": 1}\n\n[1]\n{"other": 1}\n{"te\n';
  t.deepEqual(readRows(content, 1, { ...layout, format: 'jsonl', names: [] }, noCheck), {
    rows: [{ line: 1, text: 'a', values: { text: 'a', id: 1 } }],
    bad: [
      { line: 3, reason: 'expected a JSON object, got [1]' },
      { line: 4, reason: 'expected the key text, got other' },
      { line: 5, reason: 'expected a JSON object, got {"te' },
    ],
  });
});

test('one text a line, without the empty ones; a text that is refused is bad', (t) => {
  const check = (text: unknown) => (text === 'no' ? 'refused' : undefined);
  t.deepEqual(readRows('a\r\n\nno\n "b"', 5, { ...layout, format: 'lines', names: [] }, check), {
    rows: [
      { line: 5, text: 'a', values: ['a'] },
      { line: 8, text: ' "b"', values: [' "b"'] },
    ],
    bad: [{ line: 7, reason: 'refused' }],
  });
});
