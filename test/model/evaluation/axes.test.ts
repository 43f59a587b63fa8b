import test from 'ava';
import { percentLabel } from '../../../model/evaluation/charts/axes.ts';

test('an axis shows shares as whole numbers of percent', (t) => {
  t.deepEqual([0, 0.333, 0.335, 1].map(percentLabel), ['0 %', '33 %', '34 %', '100 %']);
});
