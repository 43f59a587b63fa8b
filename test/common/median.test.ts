import test from 'ava';
import { median } from '../../common/median.ts';

test('the median is the middle value, or the mean of the two middle ones', (t) => {
  t.deepEqual([median([3, 1, 20]), median([4, 1, 2, 20]), median([7]), median([])], [3, 3, 7, Number.NaN]);
});
