import test from 'ava';
import { layoutOf } from '../../classification/layout.ts';

const head = { place: 'in.csv', encoding: 'utf-8', column: 'text' };

test('the header tells what separates, and where the texts are', (t) => {
  t.deepEqual(layoutOf({ ...head, format: 'csv', header: '\ufeffid;"text"; n\r\n' }), {
    ...{ format: 'csv', encoding: 'utf-8', separator: ';', names: ['id', 'text', 'n'], column: 'text' },
  });
  t.deepEqual(layoutOf({ ...head, format: 'tsv', header: 'id\ttext\n' }).names, ['id', 'text']);
  t.deepEqual(layoutOf({ ...head, format: 'jsonl', header: '{"text": "a"}\n' }).names, []);
});

test('a column that is missing, or there twice, is refused', (t) => {
  const hint = 'name the column that holds the texts: TEXT_COLUMN=name';
  t.throws(() => layoutOf({ ...head, format: 'csv', header: 'id,Frage\n' }), {
    name: 'UserError',
    message: `in.csv:1: expected the column text, got id, Frage; ${hint}`,
  });
  t.throws(() => layoutOf({ ...head, format: 'csv', header: 'text,text\n' }), {
    message: `in.csv:1: expected one column text, got text, text; ${hint}`,
  });
});
