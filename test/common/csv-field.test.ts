import test from 'ava';
import { quotedField } from '../../common/csv-field.ts';

test('a field is in quotes, and those in it are doubled', (t) => {
  t.deepEqual([quotedField(''), quotedField('a,b\n'), quotedField('say "hi"')], ['""', '"a,b\n"', '"say ""hi"""']);
});
