import test from 'ava';
import { decimal } from '../../app/http/decimal.ts';

test('whole numbers of any size have the digits that String() gives', (t) => {
  for (const number of [0, 7, 999, 1000, 1001, 10_050, 999_999, 1_000_000, 999_999_937, Number.MAX_SAFE_INTEGER]) {
    t.is(decimal(number), String(number));
  }
});
