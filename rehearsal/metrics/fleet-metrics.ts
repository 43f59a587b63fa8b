import { distributionOf } from './distribution.ts';
import type { Measured } from './balancer-metrics.ts';

/** A machine as its Auto Scaling group's metrics see it. */
export interface MeasuredMember {
  id: string;
  group: string;
  isWarming: boolean;
  isServing: boolean;
  /** Undefined before its second measurement. */
  processorPercent: number | undefined;
}

/** Returns the CPU utilization of machines, and of groups without the machines that warm up. */
export function processorMetrics(members: readonly MeasuredMember[]): Measured[] {
  const known = members.flatMap((member) => {
    const { processorPercent } = member;
    return processorPercent === undefined ? [] : [{ ...member, values: [[processorPercent, 1] as const] }];
  });
  const groups = Map.groupBy(
    known.filter(({ isWarming }) => !isWarming),
    ({ group }) => group,
  );
  return [
    ...known.map(({ id, values }) => utilization({ InstanceId: id }, values)),
    ...[...groups].map(([group, machines]) =>
      utilization({ AutoScalingGroupName: group }, machines.flatMap(({ values }) => values)),
    ),
  ];
}

function utilization(dimensions: Record<string, string>, values: (readonly [number, number])[]): Measured {
  return [{ namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions }, distributionOf(values)];
}

/** Returns the group metrics that a group collects, as far as the rehearsal knows them. */
export function groupMetrics(
  { name: group, desired, collected }: { name: string; desired: number; collected: string[] },
  members: readonly MeasuredMember[],
): Measured[] {
  const own = members.filter((member) => member.group === group);
  const values: Record<string, number> = {
    GroupDesiredCapacity: desired,
    GroupInServiceInstances: own.filter(({ isServing }) => isServing).length,
    GroupTotalInstances: own.length,
  };
  return collected.flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    return [[{ namespace: 'AWS/AutoScaling', name, dimensions: { AutoScalingGroupName: group } }, distributionOf([[value, 1]])]];
  });
}
