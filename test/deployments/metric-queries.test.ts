import test from 'ava';
import { metricQueries, type Series, trafficOf, valueOfLast } from '../../deployments/metric-queries.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012';
const outputs = {
  load_balancer: `${arn}:loadbalancer/app/fleet/0a1b`,
  target_group: `${arn}:targetgroup/fleet/2c3d`,
};

test('asks for the metrics of the balancer and for the processors of each machine', (t) => {
  const balancer = { Name: 'LoadBalancer', Value: 'app/fleet/0a1b' };
  const group = { Name: 'TargetGroup', Value: 'targetgroup/fleet/2c3d' };
  const query = (Id: string, [Namespace, MetricName]: [string, string], Dimensions: object[], Stat: string) => ({
    Id,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat },
  });
  t.deepEqual(metricQueries(outputs, ['i-1', 'i-2'], 60) as unknown, [
    query('healthy', ['AWS/ApplicationELB', 'HealthyHostCount'], [balancer, group], 'Minimum'),
    query('requests', ['AWS/ApplicationELB', 'RequestCount'], [balancer], 'Sum'),
    query('p90', ['AWS/ApplicationELB', 'TargetResponseTime'], [balancer], 'p90'),
    query('machineErrors', ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count'], [balancer], 'Sum'),
    query('balancerErrors', ['AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count'], [balancer], 'Sum'),
    query('refused', ['AWS/ApplicationELB', 'HTTPCode_ELB_503_Count'], [balancer], 'Sum'),
    query('cpu0', ['AWS/EC2', 'CPUUtilization'], [{ Name: 'InstanceId', Value: 'i-1' }], 'Average'),
    query('cpu1', ['AWS/EC2', 'CPUUtilization'], [{ Name: 'InstanceId', Value: 'i-2' }], 'Average'),
  ]);
});

const minute = 60_000;
const traffic = (series: Record<string, Series>, period = 60) => trafficOf((id) => series[id] ?? new Map(), period);

test('the figures are those of the last period in which machines were counted', (t) => {
  const series = {
    healthy: new Map([0, minute].map((at) => [at, 2])),
    requests: new Map([0, minute, 2 * minute].map((at) => [at, 594])),
    p90: new Map([[minute, 0.0123]]),
    machineErrors: new Map([[minute, 3]]),
    balancerErrors: new Map([[minute, 9]]),
    refused: new Map([[minute, 6]]),
  };
  t.deepEqual(traffic(series), {
    until: new Date(2 * minute),
    requestsPerSecond: 10,
    p90Milliseconds: 12.3,
    errorPercent: 2,
  });
});

test('a shorter period has the same rate of fewer requests', (t) => {
  const series = { healthy: new Map([[0, 2]]), requests: new Map([[0, 60]]) };
  t.like(traffic(series, 6), { until: new Date(6000), requestsPerSecond: 10, errorPercent: 0 });
});

test('a period without requests has a rate of zero, neither a time nor a share', (t) => {
  t.deepEqual(traffic({ healthy: new Map([[0, 2]]), requests: new Map([[-minute, 9]]) }), {
    until: new Date(minute),
    requestsPerSecond: 0,
    p90Milliseconds: null,
    errorPercent: null,
  });
});

test('without metrics nothing is known', (t) => {
  t.deepEqual(traffic({}), { until: null, requestsPerSecond: null, p90Milliseconds: null, errorPercent: null });
});

test('the last value of a series is that of the latest period', (t) => {
  const series = [
    [minute, 7],
    [0, 5],
  ] as const;
  t.is(valueOfLast(new Map(series)), 7);
  t.is(valueOfLast(new Map()), undefined);
});
