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

const german = 'text;intent\r\nWo ist mein Päckchen?;frage\r\nDas Gerät ist kaputt, schöne Grüße;beschwerde\r\n';
const germanRows: Row[] = [
  ['Wo ist mein Päckchen?', 'frage', 2],
  ['Das Gerät ist kaputt, schöne Grüße', 'beschwerde', 3],
];

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

/** The bytes of `german` in an encoding that has these bytes for the letters beyond ASCII. */
function encoded(...bytes: [letter: string, byte: number][]): Buffer {
  const byteOf = new Map(bytes);
  return Buffer.from(Array.from(german, (letter) => byteOf.get(letter) ?? letter.charCodeAt(0)));
}

const macintosh = encoded(['ä', 0x8a], ['ö', 0x9a], ['ü', 0x9f], ['ß', 0xa7]);
const msDos = encoded(['ä', 0x84], ['ö', 0x94], ['ü', 0x81], ['ß', 0xe1]);

/** Files as spreadsheets write them, and what is said of how they were read. */
const spreadsheets: [name: string, content: string | Uint8Array, foundOut: string, ...rows: Row[]][] = [
  ['data.csv', german, 'separated by semicolons', ...germanRows],
  ['data.csv', Buffer.from(german, 'latin1'), 'windows-1252, separated by semicolons', ...germanRows],
  ['data.csv', macintosh, 'macintosh, separated by semicolons', ...germanRows],
  [
    'data.txt',
    Buffer.from(`\uFEFF${german.replaceAll(';', '\t')}`, 'utf16le'),
    'utf-16le, separated by tabs',
    ...germanRows,
  ],
  ['data.csv', Buffer.from(german, 'utf16le'), 'utf-16le, separated by semicolons', ...germanRows],
  ['data.csv', Buffer.from(`\uFEFF${german}`, 'utf16le').swap16(), 'utf-16be, separated by semicolons', ...germanRows],
  ['data.csv', 'text|intent\na, b; c|x\n', 'separated by vertical bars', ['a, b; c', 'x', 2]],
];

for (const [name, content, foundOut, ...rows] of spreadsheets) {
  test(`reads ${name}: ${foundOut}`, async (t) => {
    const path = await file(t, name, content);
    const examples = rows.map(([text, intent, line]) => ({ text, intent, line }));
    t.deepEqual(await readDataset(path, columns), { path, sha256: sha256(content), examples, foundOut });
  });
}

test('a file larger than what is parsed at once is read whole, and the share that is read is reported', async (t) => {
  const rows = Array.from({ length: 40_000 }, (_, at) => `"grüße 😀 ${at}",i${at}\n`);
  const shares: number[] = [];
  const path = await file(t, 'data.csv', `text,intent\n${rows.join('')}`);
  const { examples } = await readDataset(path, columns, 'refuse', async (share) => {
    shares.push(share);
  });
  t.deepEqual(
    examples,
    rows.map((_, at) => ({ text: `grüße 😀 ${at}`, intent: `i${at}`, line: at + 2 })),
  );
  t.true(shares.length > 1);
  const damaged = await file(t, 'damaged.csv', `text,intent\n${rows.join('')}more,fields,here\n${rows.join('')}`);
  await t.throwsAsync(readDataset(damaged, columns), { message: /damaged\.csv:40002: expected 2 fields/ });
});

test('a separator that the first line names is taken, and lines are counted with it', async (t) => {
  const path = await file(t, 'data.csv', 'sep=;\r\ntext;intent\r\n"a;b";x\r\n');
  const { examples, foundOut } = await readDataset(path, columns);
  t.deepEqual(examples, [{ text: 'a;b', intent: 'x', line: 3 }]);
  t.is(foundOut, undefined);
});

test('the separator is that of the columns, whatever else the first line has', async (t) => {
  const path = await file(t, 'data.csv', 'text;intent;"a,b,c,d"\nhello;greeting;1\n');
  t.deepEqual((await readDataset(path, columns)).examples, [{ text: 'hello', intent: 'greeting', line: 2 }]);
});

test('columns may have other names, and golden texts may be empty', async (t) => {
  const path = await file(t, 'golden.jsonl', '{"query":"","label":"unknown"}\n');
  const { examples } = await readDataset(path, { text: 'query', intent: 'label' }, 'keep');
  t.deepEqual(examples, [{ text: '', intent: 'unknown', line: 1 }]);
});

const refusals: [name: string, content: string | Uint8Array | undefined, message: string][] = [
  [
    'data.csv',
    'text,label\na,b\n',
    ':1: expected the columns text and intent, got text, label; ' +
      'name the columns that hold them, behind the command: TEXT_COLUMN=text INTENT_COLUMN=label, ' +
      'or in the stage file:\n\n  model:\n    columns: {text: "text", intent: "label"}',
  ],
  [
    'data.csv',
    'Nr;Datum;Kategorie;Text der Nachricht\n1;heute;frage;Wo ist es?\n2;heute;frage;Wann kommt es?\n3;heute;lob;Sehr gut war das\n',
    ':1: expected the columns text and intent, got Nr, Datum, Kategorie, Text der Nachricht; ' +
      "name the columns that hold them, behind the command: TEXT_COLUMN='Text der Nachricht' INTENT_COLUMN=Kategorie, " +
      'or in the stage file:\n\n  model:\n    columns: {text: "Text der Nachricht", intent: "Kategorie"}',
  ],
  [
    'data.csv',
    'message,label\n"hello,a\n',
    ':1: expected the columns text and intent, got message, label; ' +
      'name the columns that hold them, behind the command: TEXT_COLUMN=message INTENT_COLUMN=label, ' +
      'or in the stage file:\n\n  model:\n    columns: {text: "message", intent: "label"}',
  ],
  [
    'data.csv',
    'hello\nwhere is it\n',
    ':1: expected the columns text and intent, got hello; write a first line that names two columns: text,intent',
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
    Buffer.concat([Buffer.from('text,intent\ncafé,greeting\n'), Buffer.from('caf\xe9,greeting\n', 'latin1')]),
    ':3: expected UTF-8, as on line 2, got other bytes; write this line again, or delete it',
  ],
  ['data.csv', undefined, ': cannot be read (ENOENT); name a file of labelled texts'],
  ['data.doc', 'hello', ': expected a file that ends in .csv, .txt, .tsv, .jsonl, .ndjson'],
  [
    'data.xlsx',
    'PK',
    ': expected a file that ends in .csv, .txt, .tsv, .jsonl, .ndjson; save the sheet as "CSV UTF-8"',
  ],
  ['data.jsonl', '{"text":"a","intent":"b"}\n{"text":1,"intent":"b"}\n', ':2: expected text to be text, got 1'],
  ['data.jsonl', '{"text":"a"}\n', ':1: expected the key intent, got text; add it, or delete the line'],
  [
    'data.jsonl',
    '{"text":"a","intent":"b"}\n\n{"text":"a","label":"b"}\n',
    ':3: expected the key intent, got text, label; add it, or delete the line',
  ],
  [
    'data.jsonl',
    '{"label":"b","question":"hello"}\n{"label":"b","question":"goodbye"}\n',
    ':1: expected the key text, got label, question; ' +
      'name the columns that hold them, behind the command: TEXT_COLUMN=question INTENT_COLUMN=label, ' +
      'or in the stage file:\n\n  model:\n    columns: {text: "question", intent: "label"}',
  ],
  ['data.jsonl', '[1]\n', ':1: expected an object, got [1]'],
];

for (const [name, content, message] of refusals) {
  test(`refuses ${name}${message}`, async (t) => {
    const path = await file(t, name, content);
    await t.throwsAsync(readDataset(path, columns), { name: 'DataError', message: `${path}${message}` });
  });
}

test('bytes of an encoding that cannot be read are refused, with the line and the command that converts them', async (t) => {
  const path = await file(t, 'data.csv', msDos);
  await t.throwsAsync(readDataset(path, columns), {
    name: 'DataError',
    message: new RegExp(
      `^${path}:2: expected UTF-8, got other bytes; it may be cp\\d+: iconv -f cp\\d+ -t utf-8 ${path} > .*/data-utf8\\.csv$`,
    ),
  });
});

test('refuses invalid JSON, with the line', async (t) => {
  const path = await file(t, 'data.jsonl', '{"text":"a","intent":"b"}\n{"text"\n');
  await t.throwsAsync(readDataset(path, columns), { name: 'DataError', message: /data\.jsonl:2: not JSON/ });
});
