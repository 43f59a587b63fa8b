import test from 'ava';
import { csvRow, quotedField } from '../../common/csv-field.ts';

test('a field is in quotes, and those in it are doubled', (t) => {
  t.deepEqual([quotedField(''), quotedField('a,b\n'), quotedField('say "hi"')], ['""', '"a,b\n"', '"say ""hi"""']);
});

test('a row is its fields in quotes', (t) => {
  t.is(csvRow('a,b', 'say "hi"', ''), '"a,b","say ""hi""",""\n');
});
