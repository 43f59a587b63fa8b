import test from 'ava';
import { atRate, withoutPause } from '../../load/schedule.ts';

test('requests at a rate are due at even intervals', (t) => {
  const schedule = atRate(2, 2);
  t.deepEqual(
    [0, 0, 0, 0, 0].map((now) => schedule.next(now)),
    [0, 500, 1000, 1500, undefined],
  );
  t.is(schedule.unsent(), 0);
});

test('late ones are due until a second after the end; the others are not sent', (t) => {
  const schedule = atRate(2, 2);
  t.deepEqual([schedule.next(3000), schedule.next(3001)], [0, undefined]);
  t.is(schedule.unsent(), 3);
});

test('without a pause a request is due whenever a connection is free, until the end', (t) => {
  const schedule = withoutPause(2);
  t.deepEqual([schedule.next(0), schedule.next(1999), schedule.next(2000)], [0, 1999, undefined]);
  t.is(schedule.unsent(), 0);
});
