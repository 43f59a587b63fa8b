import test from 'ava';
import type { CheckResult } from '../../../rehearsal/health/check.ts';
import { afterCheck, newTarget, type TargetHealth } from '../../../rehearsal/health/target.ts';
import { healthCheck as check, health } from '../fleet.ts';

const good: CheckResult = { passed: true };
const bad: CheckResult = { passed: false, reason: 'no' };

/** The states after each of `results`, by their initials. */
function statesAfter(results: CheckResult[], target: TargetHealth = newTarget(0)): string {
  let current = target;
  return results
    .map((result) => {
      current = afterCheck(current, check, result, 0);
      return current.state[0];
    })
    .join('');
}

test('a new target is initial, and is checked at once and every second until the first success', (t) => {
  t.deepEqual(newTarget(7), { state: 'initial', reason: 'Target registration is in progress', streak: 0, dueAt: 7 });
  t.is(statesAfter([bad, bad, bad, bad, good]), 'iiiih');
  const waiting = afterCheck(newTarget(0), check, bad, 10_000);
  t.deepEqual(waiting, { state: 'initial', reason: 'no', streak: 0, dueAt: 11_000 });
  t.deepEqual(afterCheck(waiting, check, good, 20_000), { ...health('healthy'), dueAt: 25_000 });
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
  t.deepEqual(once, { state: 'healthy', reason: 'no', streak: 1, dueAt: 5000 });
  t.is(afterCheck(once, check, bad, 0).streak, 2);
  t.is(afterCheck(once, check, good, 0).streak, 0);
});
