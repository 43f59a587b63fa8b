import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readDataset } from '../../../model/datasets/read.ts';
import { folderWith } from '../folders.ts';

const columns = { text: 'text', intent: 'intent' };

async function file(t: ExecutionContext, name: string, content: string | Uint8Array): Promise<string> {
  return join(await folderWith(t, { [name]: content }), name);
}

test('CSV: other columns are ignored, quoted fields hold commas, quotes and line breaks', async (t) => {
  const csv = 'id,text,intent\n1,"hello, you",greeting\n2,"say ""hi""\nagain", greeting \n3,why,question\n';
  const { examples, sha256 } = await readDataset(await file(t, 'data.csv', csv), columns);
  t.deepEqual(examples, [
    { text: 'hello, you', intent: 'greeting', line: 2 },
    { text: 'say "hi"\nagain', intent: 'greeting', line: 3 },
    { text: 'why', intent: 'question', line: 5 },
  ]);
  t.regex(sha256, /^[0-9a-f]{64}$/);
});

test('CSV with a byte order mark and CRLF', async (t) => {
  const { examples } = await readDataset(await file(t, 'data.CSV', '\uFEFFtext,intent\r\nhello,greeting\r\n'), columns);
  t.deepEqual(examples, [{ text: 'hello', intent: 'greeting', line: 2 }]);
});

test('CSV with CR, and spaces in its header', async (t) => {
  const { examples } = await readDataset(await file(t, 'data.csv', 'text , intent\r"a\rb",x\rc,y\r'), columns);
  t.deepEqual(examples, [
    { text: 'a\rb', intent: 'x', line: 2 },
    { text: 'c', intent: 'y', line: 4 },
  ]);
});

test('TSV with unescaped quotes', async (t) => {
  const { examples } = await readDataset(
    await file(t, 'data.tsv', 'intent\ttext\npraise\t"so" good, really\n'),
    columns,
  );
  t.deepEqual(examples, [{ text: '"so" good, really', intent: 'praise', line: 2 }]);
});

test('JSON Lines with other names of the keys', async (t) => {
  const lines = '{"query":"hello","label":"greeting"}\n\n{"query":"a\\nb","label":"x","more":1}\n';
  const { examples } = await readDataset(await file(t, 'data.jsonl', lines), { text: 'query', intent: 'label' });
  t.deepEqual(examples, [
    { text: 'hello', intent: 'greeting', line: 1 },
    { text: 'a\nb', intent: 'x', line: 3 },
  ]);
});

const refusals: [name: string, content: string | Uint8Array, message: string][] = [
  [
    'data.csv',
    'text,label\na,b\n',
    ':1: expected the columns text and intent, got text, label; add intent, or name the columns that hold them',
  ],
  ['data.csv', 'text,intent\nhello,greeting\n  ,greeting\n', ':3: expected text not to be empty'],
  ['data.csv', 'text,intent\nhello,\n', ':2: expected intent not to be empty'],
  ['data.csv', 'text,intent\n', ': expected labelled texts, got no rows'],
  ['data.csv', 'text,text,intent\na,b,c\n', ':1: expected one column text, got 2; rename the others'],
  ['data.csv', 'text,intent\n"a\nb","c\nd"\n"\n",e\n', ':5: expected text not to be empty'],
  [
    'data.csv',
    'text,intent\na,b\n"hello,greeting\nmore,greeting\n',
    ':3: expected the quote that opens in this row to be closed, got the end of the file; double a quote inside quotes',
  ],
  [
    'data.csv',
    'text,intent\na,b\nhello, you,greeting\n',
    ':3: expected 2 fields, as in the first line, got 3; put quotes around a field that holds the separator',
  ],
  [
    'data.csv',
    'text,intent\na"b,c\n',
    ':2: Invalid Opening Quote: a quote is found on field "text" at line 2, value is "a"',
  ],
  ['data.tsv', '', ': expected labelled texts, got no rows'],
  [
    'data.csv',
    Buffer.from('text,intent\nhello,greeting\ncaf\xe9,greeting\n', 'latin1'),
    ':3: expected UTF-8, got other bytes; save the file as UTF-8',
  ],
  ['data.txt', 'hello', ': expected a file that ends in .csv, .tsv, .jsonl, .ndjson'],
  ['data.jsonl', '{"text":"a","intent":"b"}\n{"text":1,"intent":"b"}\n', ':2: expected text to be text, got 1'],
  ['data.jsonl', '{"text":"a"}\n', ':1: expected the key intent, got text'],
  ['data.jsonl', '[1]\n', ':1: expected an object, got [1]'],
];

for (const [name, content, message] of refusals) {
  test(`refuses ${name}${message}`, async (t) => {
    const path = await file(t, name, content);
    await t.throwsAsync(readDataset(path, columns), { name: 'DataError', message: `${path}${message}` });
  });
}

test('refuses invalid JSON, with the line', async (t) => {
  const json = await file(t, 'data.jsonl', '{"text":"a","intent":"b"}\n{"text"\n');
  await t.throwsAsync(readDataset(json, columns), { name: 'DataError', message: /data\.jsonl:2: not JSON/ });
});

test('names a missing file', async (t) => {
  await t.throwsAsync(readDataset('/nowhere/data.csv', columns), {
    name: 'DataError',
    message: '/nowhere/data.csv: cannot be read (ENOENT); name a file of labelled texts',
  });
});

test('golden texts may be empty', async (t) => {
  const path = await file(t, 'golden.csv', 'text,intent\n"",unknown\n');
  t.deepEqual((await readDataset(path, columns, 'keep')).examples, [{ text: '', intent: 'unknown', line: 2 }]);
});
