import test from 'ava';
import type { AssessedAlarm } from '../../../rehearsal/alarms/alarm-watch.ts';
import { decide } from '../../../rehearsal/scaling/decision.ts';
import { trackingAlarmName } from '../../../rehearsal/scaling/tracking-alarms.ts';
import { alarm } from '../alarms/alarms.ts';
import { policy, ringing, scalingGroup } from './policies.ts';

const [cpu, requests, outOnly] = [policy('cpu'), policy('requests'), policy('out-only', { scalesIn: false })];

interface Given {
  desired?: number;
  policies?: (typeof cpu)[];
  warming?: number;
  minimum?: number;
  maximum?: number;
}

/** The policy that decides and the new capacity of a group of four. */
function decided(assessed: AssessedAlarm[], { desired = 4, policies = [cpu], warming = 0, ...size }: Given = {}) {
  const decision = decide(scalingGroup(desired, size), policies, assessed, warming);
  return decision && [decision.policy.name, decision.capacity];
}

test('a decision has the policy, its alarm and the capacity', (t) => {
  const high = ringing(cpu, 'High', 100);
  t.deepEqual(decide(scalingGroup(2), [cpu], [high], 0), { policy: cpu, alarm: high.alarm, capacity: 4 });
});

test('nothing rings', (t) => {
  const quiet = alarm({ name: trackingAlarmName(cpu, 'High'), state: 'OK' });
  const others = alarm({ name: 'another', state: 'ALARM' });
  t.is(decided([]), undefined);
  t.is(
    decided([
      { alarm: quiet, value: 100, isDue: true },
      { alarm: others, value: 100, isDue: true },
    ]),
    undefined,
  );
});

test('the largest capacity of several policies wins', (t) => {
  const both = { policies: [cpu, requests] };
  t.deepEqual(decided([ringing(cpu, 'High', 75), ringing(requests, 'High', 100)], both), ['requests', 8]);
  t.deepEqual(decided([ringing(cpu, 'High', 100), ringing(requests, 'High', 75)], both), ['cpu', 8]);
  t.deepEqual(decided([ringing(cpu, 'High', 75), ringing(requests, 'Low', 0)], both), ['cpu', 6]);
});

test('a group shrinks only if all policies that scale in agree, to the largest capacity', (t) => {
  const both = { policies: [cpu, requests] };
  t.deepEqual(decided([ringing(cpu, 'Low', 0)]), ['cpu', 3]);
  t.is(decided([ringing(cpu, 'Low', 0)], both), undefined);
  t.deepEqual(decided([ringing(cpu, 'Low', 0), ringing(requests, 'Low', 0)], both), ['cpu', 3]);
  t.is(decided([ringing(cpu, 'Low', 0), ringing(requests, 'Low', 38)], both), undefined);
});

test('a policy whose scale-in is disabled neither removes machines nor prevents it', (t) => {
  t.is(decided([ringing(outOnly, 'Low', 0)], { policies: [outOnly] }), undefined);
  const both = { policies: [cpu, outOnly] };
  t.deepEqual(decided([ringing(cpu, 'Low', 0)], both), ['cpu', 3]);
  t.deepEqual(decided([ringing(outOnly, 'High', 100)], both), ['out-only', 8]);
});

test('a group at its maximum does not shrink while a policy asks for more', (t) => {
  const both = { policies: [cpu, outOnly], maximum: 4 };
  t.is(decided([ringing(cpu, 'Low', 0), ringing(outOnly, 'High', 100)], both), undefined);
});

test('a capacity stays between minimum and maximum', (t) => {
  t.deepEqual(decided([ringing(cpu, 'High', 1000)]), ['cpu', 10]);
  t.is(decided([ringing(cpu, 'High', 1000)], { maximum: 4 }), undefined);
  t.is(decided([ringing(cpu, 'Low', 0)], { minimum: 4 }), undefined);
  t.deepEqual(decided([ringing(cpu, 'Low', 0)], { minimum: 2 }), ['cpu', 3]);
});

test('machines that warm up are not added again, and prevent removal', (t) => {
  t.is(decided([ringing(cpu, 'High', 100)], { warming: 2 }), undefined);
  t.deepEqual(decided([ringing(cpu, 'High', 100)], { warming: 1 }), ['cpu', 6]);
  t.is(decided([ringing(cpu, 'Low', 0)], { warming: 1 }), undefined);
  // Machines that are still there after the desired capacity was lowered.
  t.is(decided([ringing(cpu, 'High', 100)], { warming: 9 }), undefined);
});

test('missing data are not low use', (t) => {
  t.is(decided([ringing(cpu, 'Low', undefined)]), undefined);
  t.is(decided([ringing(cpu, 'High', undefined)]), undefined);
});

test('an alarm that is not due does nothing; one that is due is enough to shrink', (t) => {
  t.is(decided([ringing(cpu, 'High', 100, false)]), undefined);
  t.is(decided([ringing(cpu, 'Low', 0, false)]), undefined);
  const both = { policies: [cpu, requests] };
  t.deepEqual(decided([ringing(cpu, 'Low', 0, false), ringing(requests, 'Low', 0)], both), ['cpu', 3]);
});

test('a group without policies stays', (t) => {
  t.is(decided([ringing(cpu, 'High', 100)], { policies: [] }), undefined);
});
