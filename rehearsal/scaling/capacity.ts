/** The desired capacity of a group, and how many of its machines do not count yet. */
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
