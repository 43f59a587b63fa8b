import test from 'ava';
import type { Answer, HealthCheck } from '../../../rehearsal/health/check.ts';
import { afterAnswer, newTarget, type TargetHealth } from '../../../rehearsal/health/target.ts';

const check: HealthCheck = {
  protocol: 'HTTPS',
  port: 443,
  path: '/health',
  codes: '200',
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};
const good: Answer = { passed: true };
const bad: Answer = { passed: false, reason: 'no' };

/** What is known after each of `answers`, all at the time 0: `h` healthy, `u` unhealthy, `i` initial. */
function statesAfter(answers: Answer[], target: TargetHealth = newTarget(0)): string {
  let now = target;
  return answers
    .map((answer) => {
      now = afterAnswer(now, check, answer, 0);
      return now.state[0];
    })
    .join('');
}

test('a new target is registered and due at once', (t) => {
  t.deepEqual(newTarget(7), { state: 'initial', reason: 'Target registration is in progress', streak: 0, dueAt: 7 });
});

test('a new target is asked every second until its first good answer', (t) => {
  const waiting = afterAnswer(newTarget(0), check, bad, 10_000);
  t.deepEqual(waiting, { state: 'initial', reason: 'no', streak: 0, dueAt: 11_000 });
  t.deepEqual(afterAnswer(waiting, check, good, 20_000), {
    state: 'healthy',
    reason: undefined,
    streak: 0,
    dueAt: 25_000,
  });
});

test('a healthy target becomes unhealthy by the threshold, in a row', (t) => {
  t.is(statesAfter([good, bad, bad, bad]), 'hhhu');
  t.is(statesAfter([good, bad, bad, good, bad, bad, bad]), 'hhhhhhu');
});

test('an unhealthy target becomes healthy by the threshold, in a row', (t) => {
  const unhealthy: TargetHealth = { state: 'unhealthy', reason: 'no', streak: 0, dueAt: 0 };
  t.is(statesAfter([good, good], unhealthy), 'uh');
  t.is(statesAfter([good, bad, good, good], unhealthy), 'uuuh');
});

test('a new target that never answers stays new', (t) => {
  t.is(statesAfter(Array.from({ length: 10 }, () => bad)), 'iiiiiiiiii');
});

test('what speaks against the state is counted', (t) => {
  const healthy: TargetHealth = { state: 'healthy', reason: undefined, streak: 0, dueAt: 0 };
  const once = afterAnswer(healthy, check, bad, 0);
  t.deepEqual(once, { state: 'healthy', reason: 'no', streak: 1, dueAt: 5000 });
  t.is(afterAnswer(once, check, bad, 0).streak, 2);
  t.is(afterAnswer(once, check, good, 0).streak, 0);
});
