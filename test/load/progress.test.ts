import test from 'ava';
import { progressLine } from '../../load/progress.ts';

const tally = { failures: 3, second: (index: number) => ({ requests: 10 * index, failures: 0, p90: 4.5 }) };

test('the progress has the figures of the last whole second', (t) => {
  t.is(progressLine(tally, 4.98, 30), '5 s, 25 s left · 40 requests/s · p90 4.50 ms · 3 failed');
});

test('after the end nothing is left', (t) => {
  t.is(progressLine(tally, 33, 30), '30 s, 0 s left · 290 requests/s · p90 4.50 ms · 3 failed');
});
