import test from 'ava';
import { holm } from '../../comparison/holm.ts';

test('the smallest p-value counts for all tests, the next one for those left, and none is below one before it', (t) => {
  t.deepEqual(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
  t.deepEqual(holm([0.6, 0.7]), [1, 1]);
  t.deepEqual(holm([]), []);
});
