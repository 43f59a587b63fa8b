import test from 'ava';
import { StageStatusReader } from '../../deployments/stage-status.ts';
import { loadStage } from '../../stages/load.ts';
import { awsWith, outputs } from './aws.ts';

const machines = [
  { id: 'i-1', template: 'lt-new', health: 'healthy', release: '0123456789abcdef' },
  { id: 'i-2', template: 'lt-new', health: 'unhealthy', reason: 'Request timed out' },
];

async function readerOf({ access }: Awaited<ReturnType<typeof awsWith>>): Promise<StageStatusReader> {
  return new StageStatusReader({
    stage: await loadStage('rehearsal'),
    target: { access, rehearsal: undefined } as never,
    outputs,
  });
}

test('the status has the machines with what each uses, the traffic and the alarms', async (t) => {
  const aws = await awsWith(t, { desired: 2, machines });
  const at = 1_767_225_600;
  aws.cloudWatch.DescribeAlarms = {
    MetricAlarms: [
      { AlarmName: 'fleet-latency', AlarmDescription: 'Slow.', StateReason: 'r', StateUpdatedTimestamp: at },
    ],
  };
  aws.cloudWatch.GetMetricData = {
    MetricDataResults: [
      { Id: 'healthy', Timestamps: [at], Values: [1] },
      { Id: 'requests', Timestamps: [at], Values: [600] },
      { Id: 'cpu1', Timestamps: [at], Values: [12.5] },
    ],
  };
  const { machines: found, ...status } = await (await readerOf(aws)).read();
  t.deepEqual(status, {
    url: 'https://balancer',
    release: outputs.release,
    problem: '1 of 2 machines healthy.',
    desired: 2,
    refresh: undefined,
    metrics: {
      until: new Date((at + 60) * 1000),
      ...{ requestsPerSecond: 10, p90Milliseconds: null, errorPercent: 0 },
    },
    alarms: [{ name: 'fleet-latency', description: 'Slow.', reason: 'r', since: new Date(at * 1000) }],
  });
  t.deepEqual(
    found.map(({ id, address, health, cpuPercent }) => [id, address, health, cpuPercent]),
    [
      ['i-1', '10.20.0.5', 'healthy', null],
      ['i-2', '10.20.0.6', 'unhealthy', 12.5],
    ],
  );
});

test('what CloudWatch does not know is null', async (t) => {
  const aws = await awsWith(t, { desired: 1, machines: machines.slice(0, 1) });
  const { metrics, alarms, problem, machines: found } = await (await readerOf(aws)).read();
  t.deepEqual(metrics, { until: null, requestsPerSecond: null, p90Milliseconds: null, errorPercent: null });
  t.deepEqual([alarms, problem, found[0]?.cpuPercent], [[], null, null]);
});
