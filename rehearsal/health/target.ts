import type { CheckResult, Failure, HealthCheck } from './check.ts';

export type TargetState = 'unused' | 'initial' | 'healthy' | 'unhealthy' | 'draining';

/** The health of a target in one target group. */
export interface TargetHealth {
  state: TargetState;
  /** The port that gets the requests. */
  port: number;
  /** Why the last check failed, a sentence. */
  reason: string | undefined;
  /** What the last check failed with. */
  failure: Failure | undefined;
  /** The number of successive results that contradict the state. */
  streak: number;
  /** True once a check has passed. */
  hasPassed: boolean;
  /** When it was registered, in milliseconds since the epoch. */
  registeredAt: number;
  /** When the next check is due, or the end of its draining, in milliseconds since the epoch. */
  dueAt: number;
}

// Shorter than most health checks' interval, so that a new machine serves as soon as it can.
const initialIntervalMilliseconds = 1000;

/** The health of a target before its first check. */
export function newTarget(port: number, now: number): TargetHealth {
  const reason = 'Target registration is in progress';
  const since = { registeredAt: now, dueAt: now };
  return { state: 'initial', port, reason, failure: undefined, streak: 0, hasPassed: false, ...since };
}

/** The health of a target that is deregistered: it keeps the requests under way for `seconds`. */
export function drainingTarget(target: TargetHealth, seconds: number, now: number): TargetHealth {
  return { ...target, state: 'draining', reason: 'Target deregistration is in progress', dueAt: now + seconds * 1000 };
}

/** The health of a target whose group no listener uses; it is not checked. */
export function unusedTarget(port: number, now: number): TargetHealth {
  return { ...newTarget(port, now), state: 'unused', reason: 'Target group is not configured to receive traffic' };
}

/** Returns the health after a check. A new target becomes healthy at the first check that passes, others by the thresholds. */
export function afterCheck(target: TargetHealth, check: HealthCheck, result: CheckResult, now: number): TargetHealth {
  const state = target.hasPassed ? nextState(target, check, result) : firstState(target, check, result, now);
  const hasPassed = target.hasPassed || result.passed;
  const contradicts = state === target.state && result.passed !== (target.state === 'healthy');
  return {
    ...target,
    state,
    reason: result.passed ? undefined : result.reason,
    failure: result.passed ? undefined : result.failure,
    streak: contradicts ? target.streak + 1 : 0,
    hasPassed,
    dueAt: now + (hasPassed ? check.intervalSeconds * 1000 : initialIntervalMilliseconds),
  };
}

// The checks of a new target are more frequent than on AWS, but it is not unhealthy sooner.
function firstState(target: TargetHealth, check: HealthCheck, { passed }: CheckResult, now: number): TargetState {
  if (passed) return 'healthy';
  const isLate = now - target.registeredAt >= check.unhealthyThreshold * check.intervalSeconds * 1000;
  return isLate ? 'unhealthy' : 'initial';
}

function nextState(target: TargetHealth, check: HealthCheck, { passed }: CheckResult): TargetState {
  const threshold = passed ? check.healthyThreshold : check.unhealthyThreshold;
  const changes = passed !== (target.state === 'healthy') && target.streak + 1 >= threshold;
  if (!changes) return target.state;
  return passed ? 'healthy' : 'unhealthy';
}
