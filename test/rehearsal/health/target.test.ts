import test from 'ava';
import type { CheckResult } from '../../../rehearsal/health/check.ts';
import {
  afterCheck,
  drainingTarget,
  newTarget,
  type TargetHealth,
  unusedTarget,
} from '../../../rehearsal/health/target.ts';
import { healthCheck as check, health } from '../fleet.ts';

const good: CheckResult = { passed: true };
const failed = { failure: 'Target.Timeout', reason: 'no' } as const;
const bad: CheckResult = { passed: false, ...failed };

/** The states after each of `results`, one a second, by their initials. */
function statesAfter(results: CheckResult[], target: TargetHealth = newTarget(443, 0)): string {
  let current = target;
  return results
    .map((result, second) => {
      current = afterCheck(current, check, result, second * 1000);
      return current.state[0];
    })
    .join('');
}

test('a new target is initial, and is checked at once and every second until the first success', (t) => {
  const initial = { ...health('initial'), registeredAt: 7, dueAt: 7 };
  t.deepEqual(newTarget(443, 7), { ...initial, reason: 'Target registration is in progress' });
  t.is(statesAfter([bad, bad, bad, bad, good]), 'iiiih');
  const waiting = afterCheck(newTarget(443, 7), check, bad, 10_000);
  t.deepEqual(waiting, { ...initial, ...failed, dueAt: 11_000 });
  t.deepEqual(afterCheck(waiting, check, good, 20_000), { ...health('healthy'), registeredAt: 7, dueAt: 25_000 });
});

test('a new target is unhealthy after the time of as many checks as the threshold says, and healthy at the first success', (t) => {
  const waiting = Array.from({ length: 15 }, () => bad);
  t.is(statesAfter([...waiting, bad, bad, good]), `${'i'.repeat(15)}uuh`);
});

test('a healthy target becomes unhealthy after as many failures in a row as the threshold says', (t) => {
  t.is(statesAfter([good, bad, bad, bad]), 'hhhu');
  t.is(statesAfter([good, bad, bad, good, bad, bad, bad]), 'hhhhhhu');
});

test('an unhealthy target becomes healthy after as many successes in a row as the threshold says', (t) => {
  const unhealthy = health('unhealthy', 'no');
  t.is(statesAfter([good, good], unhealthy), 'uh');
  t.is(statesAfter([good, bad, good, good], unhealthy), 'uuuh');
});

test('results that contradict the state are counted', (t) => {
  const once = afterCheck(health('healthy'), check, bad, 0);
  t.deepEqual(once, { ...health('healthy'), ...failed, streak: 1, dueAt: 5000 });
  t.is(afterCheck(once, check, bad, 0).streak, 2);
  t.is(afterCheck(once, check, good, 0).streak, 0);
});

test('a deregistered target drains, one that no listener uses is not checked', (t) => {
  const draining = { ...health('draining', 'Target deregistration is in progress'), dueAt: 6000 };
  t.deepEqual(drainingTarget(health('healthy'), 5, 1000), draining);
  const reason = 'Target group is not configured to receive traffic';
  t.deepEqual(unusedTarget(80, 7), { ...newTarget(80, 7), state: 'unused', reason });
});
