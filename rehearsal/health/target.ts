import type { Answer, HealthCheck } from './check.ts';

export type TargetState = 'initial' | 'healthy' | 'unhealthy';

/** What is known of one target in one target group. */
export interface TargetHealth {
  state: TargetState;
  /** Why it is not healthy, in a sentence. */
  reason: string | undefined;
  /** Answers in a row that speak against the state. */
  streak: number;
  /** Milliseconds since the epoch from when it is asked again. */
  dueAt: number;
}

// A new target is asked every second, so that a rehearsal shows when it serves, not when its turn has come.
const initialIntervalMilliseconds = 1000;

/** A target that nobody has asked yet. */
export function newTarget(now: number): TargetHealth {
  return { state: 'initial', reason: 'Target registration is in progress', streak: 0, dueAt: now };
}

/** What is known after one more answer: a new target is healthy at its first good one, others by the thresholds. */
export function afterAnswer(target: TargetHealth, check: HealthCheck, answer: Answer, now: number): TargetHealth {
  const state = nextState(target, check, answer);
  const against = state === target.state && answer.passed !== (target.state === 'healthy');
  return {
    state,
    reason: answer.passed ? undefined : answer.reason,
    streak: against ? target.streak + 1 : 0,
    dueAt: now + (state === 'initial' ? initialIntervalMilliseconds : check.intervalSeconds * 1000),
  };
}

function nextState(target: TargetHealth, check: HealthCheck, answer: Answer): TargetState {
  if (target.state === 'initial') return answer.passed ? 'healthy' : 'initial';
  const threshold = answer.passed ? check.healthyThreshold : check.unhealthyThreshold;
  const changes = answer.passed !== (target.state === 'healthy') && target.streak + 1 >= threshold;
  if (!changes) return target.state;
  return answer.passed ? 'healthy' : 'unhealthy';
}
