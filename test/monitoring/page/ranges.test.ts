import test from 'ava';
import { defaultRange, rangeOf, ranges, spanOf, timesOf } from '../../../monitoring/page/ranges.ts';

test('the address names the range; any other text means an hour', (t) => {
  t.deepEqual(
    ['#range=7d', '#range=15m', '#range=1y', '#', ''].map((hash) => rangeOf(hash).name),
    ['7d', '15m', '1h', '1h', '1h'],
  );
});

test('a span ends at the last whole step, so that a refresh moves no value', (t) => {
  const expected = { start: 1_795_944_600, end: 1_795_948_200, step: 15, window: 60 };
  t.deepEqual(spanOf(defaultRange, 1_795_948_200), expected);
  t.deepEqual(spanOf(defaultRange, 1_795_948_214.9), expected);
  t.is(spanOf(rangeOf('#range=7d'), 1_795_948_214).window, 1800);
});

test('the times of a span are its ends and all steps between', (t) => {
  t.deepEqual(timesOf({ start: 30, end: 75, step: 15, window: 60 }), [30, 45, 60, 75]);
});

test('every range has as many values as a chart can show', (t) => {
  for (const range of ranges) {
    const { length } = timesOf(spanOf(range, 1_795_948_200));
    t.true(length >= 90 && length <= 370, `${range.name}: ${length}`);
  }
});
