import type { ScalingGroup, Step, SteppingPolicy } from './policy.ts';

/** The desired capacity of a group, and how many of its machines have not been launched long enough to count. */
export interface Capacity {
  desired: number;
  warming: number;
}

/** Returns the capacity that brings a metric above the target to it; machines that warm up are not added again. */
export function capacityAbove(metric: number, target: number, { desired, warming }: Capacity): number {
  return Math.max(desired, Math.ceil(((desired - warming) * metric) / target));
}

/** Returns the capacity for a metric below the target: one machine fewer at a time, and none while others warm up. */
export function capacityBelow(metric: number, target: number, { desired, warming }: Capacity): number {
  if (warming > 0) return desired;
  return Math.min(desired, Math.max(desired - 1, Math.ceil((desired * metric) / target)));
}

/** Returns the capacity that a step or simple policy sets when its alarm's metric is `breach` above the threshold. */
export function adjustedCapacity(policy: SteppingPolicy, breach: number, { desired, warming }: Capacity): number {
  const step = policy.steps.find((found) => contains(found, breach));
  if (!step) return desired;
  if (policy.kind === 'simple') return adjust(policy, step.adjustment, desired);
  const capacity = adjust(policy, step.adjustment, desired - warming);
  if (capacity >= desired - warming) return Math.max(desired, capacity);
  return warming > 0 ? desired : capacity;
}

// The bound that is nearer to the threshold belongs to the step.
function contains({ lower, upper }: Step, breach: number): boolean {
  return breach >= 0 ? breach >= lower && breach < upper : breach > lower && breach <= upper;
}

function adjust(policy: SteppingPolicy, adjustment: number, current: number): number {
  if (policy.type === 'ExactCapacity') return adjustment;
  if (policy.type === 'ChangeInCapacity') return current + adjustment;
  const magnitude = Math.max(1, Math.floor(Math.abs((current * adjustment) / 100)), policy.minimumMagnitude);
  return current + Math.sign(adjustment) * magnitude;
}

/** Limits a capacity to a group's sizes. */
export function within({ minimum, maximum }: Pick<ScalingGroup, 'minimum' | 'maximum'>, capacity: number): number {
  return Math.min(maximum, Math.max(minimum, capacity));
}
