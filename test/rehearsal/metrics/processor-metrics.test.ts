import test from 'ava';
import { distributionOf } from '../../../rehearsal/metrics/distribution.ts';
import { processorMetrics } from '../../../rehearsal/metrics/processor-metrics.ts';

const machine = (id: string, processorPercent: number | undefined, other = {}) => ({
  id,
  group: 'fleet',
  isWarming: false,
  processorPercent,
  ...other,
});

const utilization = (dimensions: Record<string, string>, ...percents: number[]) => [
  { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions },
  distributionOf(percents.map((percent) => [percent, 1] as const)),
];

test('a group has the utilization of its machines, without those that warm up', (t) => {
  const machines = [
    machine('i-1', 20),
    machine('i-2', 40),
    machine('i-3', 100, { isWarming: true }),
    machine('i-4', undefined),
    machine('i-5', 60, { group: 'other' }),
    machine('i-6', 80, { group: undefined }),
  ];
  t.deepEqual<unknown, unknown>(processorMetrics(machines), [
    utilization({ InstanceId: 'i-1' }, 20),
    utilization({ InstanceId: 'i-2' }, 40),
    utilization({ InstanceId: 'i-3' }, 100),
    utilization({ InstanceId: 'i-5' }, 60),
    utilization({ InstanceId: 'i-6' }, 80),
    utilization({ AutoScalingGroupName: 'fleet' }, 20, 40),
    utilization({ AutoScalingGroupName: 'other' }, 60),
  ]);
});

test('a group whose machines all warm up has no utilization, nor has an empty fleet', (t) => {
  t.deepEqual<unknown, unknown>(processorMetrics([machine('i-1', 90, { isWarming: true })]), [
    utilization({ InstanceId: 'i-1' }, 90),
  ]);
  t.deepEqual(processorMetrics([]), []);
});
