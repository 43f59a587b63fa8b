import type { CheckResult, HealthCheck } from './check.ts';

export type TargetState = 'initial' | 'healthy' | 'unhealthy';

/** The health of a target in one target group. */
export interface TargetHealth {
  state: TargetState;
  /** Why the last check failed, a sentence. */
  reason: string | undefined;
  /** The number of successive results that contradict the state. */
  streak: number;
  /** When the next check is due, in milliseconds since the epoch. */
  dueAt: number;
}

// Shorter than most health checks' interval, so that a new machine serves as soon as it can.
const initialIntervalMilliseconds = 1000;

/** The health of a target before its first check. */
export function newTarget(now: number): TargetHealth {
  return { state: 'initial', reason: 'Target registration is in progress', streak: 0, dueAt: now };
}

/** Returns the health after a check. A new target becomes healthy at the first check that passes, others by the thresholds. */
export function afterCheck(target: TargetHealth, check: HealthCheck, result: CheckResult, now: number): TargetHealth {
  const state = nextState(target, check, result);
  const contradicts = state === target.state && result.passed !== (target.state === 'healthy');
  return {
    state,
    reason: result.passed ? undefined : result.reason,
    streak: contradicts ? target.streak + 1 : 0,
    dueAt: now + (state === 'initial' ? initialIntervalMilliseconds : check.intervalSeconds * 1000),
  };
}

function nextState(target: TargetHealth, check: HealthCheck, result: CheckResult): TargetState {
  if (target.state === 'initial') return result.passed ? 'healthy' : 'initial';
  const threshold = result.passed ? check.healthyThreshold : check.unhealthyThreshold;
  const changes = result.passed !== (target.state === 'healthy') && target.streak + 1 >= threshold;
  if (!changes) return target.state;
  return result.passed ? 'healthy' : 'unhealthy';
}
