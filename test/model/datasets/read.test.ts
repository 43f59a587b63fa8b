import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { sha256 } from '../../../common/checksum.ts';
import { readDataset } from '../../../model/datasets/read.ts';
import { folderWith } from '../folders.ts';

const columns = { text: 'text', intent: 'intent' };

async function file(t: ExecutionContext, name: string, content?: string | Uint8Array): Promise<string> {
  return join(await folderWith(t, content === undefined ? {} : { [name]: content }), name);
}

type Row = [text: string, intent: string, line: number];

const readings: [name: string, title: string, content: string, ...rows: Row[]][] = [
  [
    'data.csv',
    'other columns, and quoted fields with commas, quotes and line breaks',
    'id,text,intent\n1,"hello, you",greeting\n2,"say ""hi""\nagain", greeting \n3,why,question\n',
    ['hello, you', 'greeting', 2],
    ['say "hi"\nagain', 'greeting', 3],
    ['why', 'question', 5],
  ],
  ['data.CSV', 'a byte order mark and CRLF', '\uFEFFtext,intent\r\nhello,greeting\r\n', ['hello', 'greeting', 2]],
  ['data.csv', 'CR, and spaces in its header', 'text , intent\r"a\rb",x\rc,y\r', ['a\rb', 'x', 2], ['c', 'y', 4]],
  ['data.tsv', 'unescaped quotes', 'intent\ttext\npraise\t"so" good, really\n', ['"so" good, really', 'praise', 2]],
  [
    'data.jsonl',
    'empty lines and other keys',
    '{"text":"hello","intent":"greeting"}\n\n{"text":"a\\nb","intent":"x","more":1}\n',
    ['hello', 'greeting', 1],
    ['a\nb', 'x', 3],
  ],
];

for (const [name, title, content, ...rows] of readings) {
  test(`reads ${name} with ${title}`, async (t) => {
    const path = await file(t, name, content);
    const examples = rows.map(([text, intent, line]) => ({ text, intent, line }));
    t.deepEqual(await readDataset(path, columns), { path, sha256: sha256(content), examples });
  });
}

test('columns may have other names, and golden texts may be empty', async (t) => {
  const path = await file(t, 'golden.jsonl', '{"query":"","label":"unknown"}\n');
  const { examples } = await readDataset(path, { text: 'query', intent: 'label' }, 'keep');
  t.deepEqual(examples, [{ text: '', intent: 'unknown', line: 1 }]);
});

const refusals: [name: string, content: string | Uint8Array | undefined, message: string][] = [
  [
    'data.csv',
    'text,label\na,b\n',
    ':1: expected the columns text and intent, got text, label; add intent, or name the columns that hold them',
  ],
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
  ['data.csv', undefined, ': cannot be read (ENOENT); name a file of labelled texts'],
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
  const path = await file(t, 'data.jsonl', '{"text":"a","intent":"b"}\n{"text"\n');
  await t.throwsAsync(readDataset(path, columns), { name: 'DataError', message: /data\.jsonl:2: not JSON/ });
});
