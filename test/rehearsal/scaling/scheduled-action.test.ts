import test from 'ava';
import { isDue, type ScheduledAction } from '../../../rehearsal/scaling/scheduled-action.ts';

/** An action each day at nine. */
function daily(overrides: Partial<ScheduledAction> = {}): ScheduledAction {
  const never = { startAt: undefined, endAt: undefined };
  const sizes = { minimum: 1, maximum: 2, desired: undefined };
  return {
    name: 'morning',
    group: 'fleet',
    recurrence: '0 9 * * *',
    timeZone: 'UTC',
    ...never,
    ...sizes,
    ...overrides,
  };
}

const at = (text: string) => Date.parse(text);

/** Tells whether an action is due within six seconds around a time: shortly before, at it, and shortly after. */
function dueAround(action: ScheduledAction, time: string): boolean[] {
  const middle = at(time);
  return [-9000, -3000, 3000].map((shift) => isDue(action, middle + shift, middle + shift + 6000));
}

const once = [false, true, false];
const never = [false, false, false];

test('a recurring action is due once at each of its times', (t) => {
  t.deepEqual(dueAround(daily(), '2026-11-29T09:00:00Z'), once);
  t.deepEqual(dueAround(daily(), '2026-11-30T09:00:00Z'), once);
  t.deepEqual(dueAround(daily(), '2026-11-29T21:00:00Z'), never);
  t.deepEqual(dueAround(daily({ recurrence: '*/15 8-10 * * MON-FRI' }), '2026-11-30T08:45:00Z'), once);
  t.deepEqual(dueAround(daily({ recurrence: '*/15 8-10 * * MON-FRI' }), '2026-11-29T08:45:00Z'), never);
});

test('the time itself belongs to the span that ends with it', (t) => {
  const nine = at('2026-11-29T09:00:00Z');
  t.true(isDue(daily(), nine - 1, nine));
  t.false(isDue(daily(), nine, nine + 6000));
  t.false(isDue(daily(), nine - 6000, nine - 1));
});

test('a time zone has its summer time', (t) => {
  const berlin = daily({ timeZone: 'Europe/Berlin' });
  t.deepEqual(dueAround(berlin, '2026-11-29T08:00:00Z'), once);
  t.deepEqual(dueAround(berlin, '2026-07-29T07:00:00Z'), once);
  t.deepEqual(dueAround(berlin, '2026-07-29T08:00:00Z'), never);
});

test('a recurring action begins with its start and ends with its end', (t) => {
  const startAt = new Date('2026-11-29T09:00:00Z');
  t.deepEqual(dueAround(daily({ startAt }), '2026-11-29T09:00:00Z'), once);
  t.deepEqual(dueAround(daily({ startAt }), '2026-11-28T09:00:00Z'), never);
  t.deepEqual(dueAround(daily({ startAt: new Date('2026-11-29T09:00:01Z') }), '2026-11-29T09:00:00Z'), never);
  const endAt = new Date('2026-11-30T08:59:59Z');
  t.deepEqual(dueAround(daily({ startAt, endAt }), '2026-11-29T09:00:00Z'), once);
  t.deepEqual(dueAround(daily({ startAt, endAt }), '2026-11-30T09:00:00Z'), never);
});

test('an action without a recurrence is due once, at its start', (t) => {
  const single = daily({ recurrence: undefined, startAt: new Date('2026-11-29T10:30:30Z') });
  t.deepEqual(dueAround(single, '2026-11-29T10:30:30Z'), once);
  t.deepEqual(dueAround(single, '2026-11-30T10:30:30Z'), never);
  const start = at('2026-11-29T10:30:30Z');
  t.true(isDue(single, start - 1, start));
  t.false(isDue(single, start, start + 6000));
  t.deepEqual(dueAround(daily({ recurrence: undefined }), '2026-11-29T10:30:30Z'), never);
});

test('a recurrence that never comes is not due; one that cannot be read is an error', (t) => {
  t.false(isDue(daily({ recurrence: '0 9 30 2 *' }), 0, at('2027-01-01T00:00:00Z')));
  t.throws(() => isDue(daily({ recurrence: 'each morning' }), 0, 1));
  t.throws(() => isDue(daily({ recurrence: '0 0 9 * * *' }), 0, 1));
  t.throws(() => isDue(daily({ timeZone: 'Europe/Nowhere' }), 0, 1));
});
