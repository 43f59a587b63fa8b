import test from 'ava';
import { until } from '../../acceptance/until.ts';

test('reads until the value is reached, or returns the last one when the time is over', async (t) => {
  let count = 0;
  const read = async () => ++count;
  t.is(await until(read, (value) => value === 3, { seconds: 10, interval: 1 }), 3);
  t.is(await until(read, (value) => value === 3, { seconds: 0 }), 4);
});
