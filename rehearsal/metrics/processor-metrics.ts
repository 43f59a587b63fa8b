import type { Measured } from './balancer-metrics.ts';
import { distributionOf } from './distribution.ts';

/** A machine with its use of processors. */
export interface MeasuredMachine {
  id: string;
  /** The name of its Auto Scaling group. */
  group: string | undefined;
  /** True if it does not count for its group yet. */
  isWarming: boolean;
  /** Undefined before its second measurement. */
  processorPercent: number | undefined;
}

/** Returns the CPU utilization of machines, and of groups without the machines that warm up. */
export function processorMetrics(machines: readonly MeasuredMachine[]): Measured[] {
  const known = machines.flatMap(({ id, group, isWarming, processorPercent: percent }) =>
    percent === undefined ? [] : [{ id, group: isWarming ? undefined : group, percent }],
  );
  const groups = Map.groupBy(known, ({ group }) => group);
  return [
    ...known.map(({ id, percent }) => utilization({ InstanceId: id }, [percent])),
    ...[...groups].flatMap(([group, members]) =>
      group === undefined
        ? []
        : [
            utilization(
              { AutoScalingGroupName: group },
              members.map(({ percent }) => percent),
            ),
          ],
    ),
  ];
}

function utilization(dimensions: Record<string, string>, percents: number[]): Measured {
  const values = percents.map((percent) => [percent, 1] as const);
  return [{ namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions }, distributionOf(values)];
}
