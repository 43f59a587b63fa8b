import test from 'ava';
import { formatNamed, formatOf } from '../../classification/formats.ts';

test('the name of a file tells its format, and whether it is compressed', (t) => {
  t.deepEqual(formatOf('IN', 'a/texts.csv'), { format: 'csv', isCompressed: false });
  t.deepEqual(formatOf('IN', 'texts.TSV.gz'), { format: 'tsv', isCompressed: true });
  t.deepEqual(formatOf('IN', 'texts.ndjson'), { format: 'jsonl', isCompressed: false });
  t.deepEqual(formatOf('IN', 'my.texts.txt.gz'), { format: 'lines', isCompressed: true });
  t.deepEqual(formatNamed(undefined), { format: 'csv', isCompressed: false });
  t.deepEqual(formatNamed('txt'), { format: 'lines', isCompressed: false });
});

test('other names are refused', (t) => {
  for (const path of ['texts', 'texts.xlsx', 'texts.gz', 'csv'])
    t.throws(() => formatOf('OUT', path), {
      name: 'UserError',
      message: `OUT=${path}: expected a name that ends in .csv, .tsv, .jsonl, .ndjson or .txt (one text a line), with or without .gz`,
    });
  t.throws(() => formatNamed('xml'), { name: 'UserError', message: 'FORMAT=xml: expected csv, tsv, jsonl or txt' });
});
