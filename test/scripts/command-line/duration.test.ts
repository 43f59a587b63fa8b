import test from 'ava';
import { durationText } from '../../../scripts/command-line/duration.ts';

test('a time has its two largest units', (t) => {
  const texts = [-1000, 0, 59_999, 61_000, 3_600_000, 7_500_000, 90_000_000].map(durationText);
  t.deepEqual(texts, ['0 s', '0 s', '59 s', '1 min 1 s', '1 h 0 min', '2 h 5 min', '1 d 1 h']);
});
