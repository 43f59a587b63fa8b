import test from 'ava';
import { readableMinute } from '../../common/readable-minute.ts';

test('a time is read to the minute; none stays none', (t) => {
  t.deepEqual([readableMinute('2026-05-01T10:02:59.000Z'), readableMinute('')], ['2026-05-01 10:02', '']);
});
