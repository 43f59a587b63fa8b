import type { TargetState } from '../health/target.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import type { Metric } from './metric.ts';
import type { RequestTally } from './request-tally.ts';

/** A target group with the health of its targets. */
export interface CheckedTargetGroup {
  /** The values of the dimensions `LoadBalancer` and `TargetGroup`. */
  balancer: string;
  targetGroup: string;
  states: TargetState[];
}

export type Measured = readonly [Metric, Distribution];

/** Returns the metrics of an Application Load Balancer in a period; as on AWS, what did not happen has none. */
export function balancerMetrics(tallies: readonly RequestTally[], groups: readonly CheckedTargetGroup[]): Measured[] {
  return [...tallies.flatMap(requestMetrics), ...groups.flatMap((group) => targetMetrics(group, tallies))];
}

function requestMetrics({ dimensions, counts, seconds }: RequestTally): Measured[] {
  const times = seconds.size > 0 ? [measured('TargetResponseTime', dimensions, seconds)] : [];
  // Each request is a value of its own: average, minimum and maximum are 1.
  return [...times, ...[...counts].map(([name, count]) => measured(name, dimensions, [[1, count]]))];
}

function targetMetrics(
  { balancer, targetGroup, states }: CheckedTargetGroup,
  tallies: readonly RequestTally[],
): Measured[] {
  const dimensions = { LoadBalancer: balancer, TargetGroup: targetGroup };
  const healthy = states.filter((state) => state === 'healthy').length;
  const unhealthy = states.filter((state) => state === 'unhealthy').length;
  const tally = tallies.find(({ dimensions: of }) => of.LoadBalancer === balancer && of.TargetGroup === targetGroup);
  const requests = tally?.counts.get('RequestCount') ?? 0;
  const perTarget = requests / Math.max(1, healthy);
  return [
    ...(states.length > 0 ? [measured('HealthyHostCount', dimensions, [[healthy, 1]])] : []),
    ...(states.length > 0 ? [measured('UnHealthyHostCount', dimensions, [[unhealthy, 1]])] : []),
    ...[dimensions, { TargetGroup: targetGroup }].flatMap((of) =>
      requests > 0 ? [measured('RequestCountPerTarget', of, [[perTarget, 1]])] : [],
    ),
  ];
}

function measured(
  name: string,
  dimensions: Record<string, string>,
  values: Iterable<readonly [number, number]>,
): Measured {
  return [{ namespace: 'AWS/ApplicationELB', name, dimensions }, distributionOf(values)];
}
