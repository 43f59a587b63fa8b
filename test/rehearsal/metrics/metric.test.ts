import test from 'ava';
import { isFromAws, isPerRequest, keyOf, unitOf } from '../../../rehearsal/metrics/metric.ts';

const metric = (namespace: string, name: string, dimensions = {}) => ({ namespace, name, dimensions });

test('metrics with the same dimensions in any order are the same', (t) => {
  t.is(keyOf(metric('Own', 'Jobs', { a: '1', b: '2' })), keyOf(metric('Own', 'Jobs', { b: '2', a: '1' })));
  const others = [
    metric('Other', 'Jobs', { a: '1' }),
    metric('Own', 'Other', { a: '1' }),
    metric('Own', 'Jobs', { a: '2' }),
    metric('Own', 'Jobs'),
    metric('Own', 'Jobs', { b: '1' }),
  ];
  t.is(new Set([metric('Own', 'Jobs', { a: '1' }), ...others].map(keyOf)).size, 6);
});

test('what AWS publishes has its namespace, and its unit', (t) => {
  const found = [
    metric('AWS/EC2', 'CPUUtilization'),
    metric('AWS/ApplicationELB', 'TargetResponseTime'),
    metric('AWS/ApplicationELB', 'RequestCount'),
    metric('AWS/ApplicationELB', 'HealthyHostCount'),
    metric('AWS/ApplicationELB', 'UnHealthyHostCount'),
    metric('AWSome', 'CPUUtilization'),
  ];
  t.deepEqual(
    found.map((one) => [isFromAws(one), isPerRequest(one), unitOf(one)]),
    [
      [true, false, 'Percent'],
      [true, true, 'Seconds'],
      [true, true, 'Count'],
      [true, false, 'Count'],
      [true, false, 'Count'],
      [false, false, 'None'],
    ],
  );
});
