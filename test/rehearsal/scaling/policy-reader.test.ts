import type { ScalingPolicy, TargetTrackingConfiguration } from '@aws-sdk/client-auto-scaling';
import test from 'ava';
import { trackingPolicyOf } from '../../../rehearsal/scaling/policy-reader.ts';
import { policy } from './policies.ts';

function policyWith(configuration: Partial<TargetTrackingConfiguration>): ScalingPolicy {
  return {
    PolicyName: 'cpu',
    PolicyARN: 'arn:policy/cpu',
    AutoScalingGroupName: 'fleet',
    TargetTrackingConfiguration: { TargetValue: 50, ...configuration },
  };
}

const predefined = (PredefinedMetricType: string, ResourceLabel?: string) =>
  policyWith({ PredefinedMetricSpecification: { PredefinedMetricType, ResourceLabel } } as TargetTrackingConfiguration);

test('the average CPU utilization of a group', (t) => {
  t.deepEqual(trackingPolicyOf(predefined('ASGAverageCPUUtilization')), policy('cpu'));
});

test('the requests for each target', (t) => {
  const label = 'app/fleet/50dc6c495c0c9188/targetgroup/blue/943f017f100becff';
  t.deepEqual(
    trackingPolicyOf(predefined('ALBRequestCountPerTarget', label)),
    policy('cpu', {
      metric: {
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'RequestCountPerTarget',
        Dimensions: [{ Name: 'TargetGroup', Value: 'targetgroup/blue/943f017f100becff' }],
        Statistic: 'Sum',
        Period: 60,
      },
      lowShare: 0.9,
    }),
  );
});

const jobs = { Namespace: 'Own', MetricName: 'Jobs', Dimensions: [{ Name: 'queue', Value: 'all' }] };

test('a metric of the account, by default in periods of a minute', (t) => {
  const custom = { ...jobs, Statistic: 'Sum' as const };
  const tracked = (Period?: number) =>
    trackingPolicyOf(policyWith({ CustomizedMetricSpecification: { ...custom, ...(Period && { Period }) } }))?.metric;
  t.deepEqual(tracked(), { ...custom, Period: 60 });
  t.deepEqual(tracked(10), { ...custom, Period: 10 });
});

test('an expression on metrics, with the scale-in disabled', (t) => {
  const MetricStat = { Metric: jobs, Stat: 'Sum' };
  const Metrics = [
    { Id: 'm1', MetricStat, ReturnData: false },
    { Id: 'm2', MetricStat: { ...MetricStat, Period: 10 }, ReturnData: false },
    { Id: 'e1', Expression: 'm1 / m2' },
  ];
  t.deepEqual(
    trackingPolicyOf(
      policyWith({ CustomizedMetricSpecification: { Metrics }, TargetValue: 0.5, DisableScaleIn: true }),
    ),
    policy('cpu', {
      target: 0.5,
      metric: {
        Metrics: [
          { Id: 'm1', MetricStat: { ...MetricStat, Period: 60 }, ReturnData: false },
          { Id: 'm2', MetricStat: { ...MetricStat, Period: 10 }, ReturnData: false },
          { Id: 'e1', Expression: 'm1 / m2' },
        ],
      },
      scalesIn: false,
      lowShare: 0.9,
    }),
  );
});

test('other policies are not carried out', (t) => {
  for (const type of ['ASGAverageNetworkIn', 'ASGAverageNetworkOut', 'Unknown'])
    t.is(trackingPolicyOf(predefined(type)), undefined, type);
  t.is(trackingPolicyOf(policyWith({})), undefined);
  t.is(trackingPolicyOf({ PolicyName: 'step', PolicyType: 'StepScaling' }), undefined);
});
