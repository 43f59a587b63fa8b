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
  const known = machines.filter(({ processorPercent }) => processorPercent !== undefined);
  const counted = known.filter(({ group, isWarming }) => group !== undefined && !isWarming);
  return [
    ...known.map((machine) => utilization({ InstanceId: machine.id }, [machine])),
    ...[...Map.groupBy(counted, ({ group = '' }) => group)].map(([group, members]) =>
      utilization({ AutoScalingGroupName: group }, members),
    ),
  ];
}

function utilization(dimensions: Record<string, string>, machines: readonly MeasuredMachine[]): Measured {
  const values = machines.map(({ processorPercent = 0 }) => [processorPercent, 1] as const);
  return [{ namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions }, distributionOf(values)];
}
