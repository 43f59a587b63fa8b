import type { Deployment } from './deployment.ts';

/**
 * The time in seconds within which an alarm of a track rings: three periods of a minute, of which the first one has begun
 * before the step, and two more minutes until CloudWatch has the figures of a balancer and has evaluated them.
 */
const ringingSeconds = 300;

/** Tells that the bakes of a deployment on AWS end before an alarm can ring; undefined where they do not. */
export function describeShortBake({ progress, strategy }: Deployment): string | undefined {
  if (!progress || strategy.kind === 'rollback' || strategy.bakeSeconds >= ringingSeconds) return undefined;
  return `A bake of ${strategy.bakeSeconds} s is too short for its alarms: one may need ${ringingSeconds} s to ring (deployment.bakeSeconds).`;
}
