import test from 'ava';
import type { Alarm } from '../../../rehearsal/alarms/alarm.ts';
import { datapointsOf } from '../../../rehearsal/alarms/datapoints.ts';
import { AwsClock } from '../../../rehearsal/metrics/aws-clock.ts';
import { distributionOf } from '../../../rehearsal/metrics/distribution.ts';
import type { Metric } from '../../../rehearsal/metrics/metric.ts';
import { MetricStore } from '../../../rehearsal/metrics/store.ts';
import { ManualClock } from '../manual-clock.ts';
import { alarm, jobs } from './alarms.ts';

const balancing = (name: string): Metric => ({ namespace: 'AWS/ApplicationELB', name, dimensions: {} });

/** The datapoints at a time of an alarm for one period, where `points` tells when a metric had which value. */
async function valuesOf(given: Partial<Alarm>, at: number, points: [Metric, at: number, value: number][]) {
  const [clock, store] = [new ManualClock(), new MetricStore()];
  for (const [metric, time, value] of points) store.put(metric, time, distributionOf([[value, 1]]));
  await clock.advance(at);
  return datapointsOf(alarm({ evaluationPeriods: 1, ...given }), store, new AwsClock(10, clock));
}

const query = (metric: Metric, statistic = 'Sum', periodSeconds = 60): Pick<Alarm, 'queries'> => ({
  queries: [{ id: 'm1', isReturned: true, metric, statistic, periodSeconds }],
});

const cpu = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: {} };

test('the evaluation range ends with the last complete minute, which takes six seconds', async (t) => {
  const points = [0, 6000, 12_000, 18_000].map((at, index): [Metric, number, number] => [cpu, at, index]);
  t.deepEqual(await valuesOf(query(cpu), 23_999, points), [
    { at: 0, value: 0 },
    { at: 6000, value: 1 },
    { at: 12_000, value: 2 },
  ]);
  t.deepEqual(await valuesOf(query(cpu), 24_000, points), [
    { at: 6000, value: 1 },
    { at: 12_000, value: 2 },
    { at: 18_000, value: 3 },
  ]);
});

test('a longer period is looked at each minute, a shorter one at its end', async (t) => {
  const points: [Metric, number, number][] = [
    [cpu, 84_000, 1],
    [cpu, 90_000, 2],
    [cpu, 113_000, 3],
  ];
  t.deepEqual(await valuesOf({ ...query(cpu, 'Sum', 300), periodSeconds: 300 }, 115_000, points), [
    { at: 24_000, value: undefined },
    { at: 54_000, value: undefined },
    { at: 84_000, value: 6 },
  ]);
  t.deepEqual(await valuesOf({ ...query(cpu, 'Sum', 30), periodSeconds: 30 }, 117_500, points), [
    { at: 108_000, value: undefined },
    { at: 111_000, value: 3 },
    { at: 114_000, value: undefined },
  ]);
});

test('sums and counts of requests are those of ten times as long, other statistics and metrics as they are', async (t) => {
  const last = async (metric: Metric, statistic: string) => {
    const points: [Metric, number, number][] = [
      [metric, 12_000, 3],
      [metric, 13_000, 5],
    ];
    return (await valuesOf(query(metric, statistic), 18_000, points)).at(-1)?.value;
  };
  t.is(await last(balancing('RequestCount'), 'Sum'), 80);
  t.is(await last(balancing('TargetResponseTime'), 'SampleCount'), 20);
  t.is(await last(balancing('TargetResponseTime'), 'Average'), 4);
  t.is(await last(balancing('TargetResponseTime'), 'p99'), 5);
  t.is(await last(balancing('RequestCountPerTarget'), 'Sum'), 80);
  t.is(await last(balancing('HealthyHostCount'), 'Sum'), 8);
  t.is(await last(cpu, 'Sum'), 8);
});

test('what the account publishes comes at its own pace: a minute has the last one of this computer', async (t) => {
  const points: [Metric, number, number][] = [
    [jobs, 6000, 1],
    [jobs, 65_999, 2],
    [jobs, 66_000, 4],
    [jobs, 78_000, 8],
  ];
  t.deepEqual(await valuesOf(query(jobs), 78_500, points), [
    { at: 60_000, value: 3 },
    { at: 66_000, value: 6 },
    { at: 72_000, value: 6 },
  ]);
});

test('the result of the compared expression, of both kinds of metrics', async (t) => {
  const metric = (id: string, of: Metric) => ({
    id,
    isReturned: false,
    metric: of,
    statistic: 'Sum',
    periodSeconds: 60,
  });
  const queries = [
    { id: 'e1', isReturned: true, expression: 'requests / FILL(jobs, 2)' },
    metric('requests', balancing('RequestCount')),
    metric('jobs', jobs),
  ];
  const points: [Metric, number, number][] = [
    [balancing('RequestCount'), 66_000, 1],
    [balancing('RequestCount'), 72_000, 0],
    [jobs, 71_000, 4],
  ];
  t.deepEqual(await valuesOf({ queries, comparedId: 'e1' }, 78_000, points), [
    { at: 60_000, value: undefined },
    { at: 66_000, value: 2.5 },
    { at: 72_000, value: 0 },
  ]);
  t.deepEqual(await valuesOf({ queries, comparedId: 'e2' }, 78_000, points), []);
});
