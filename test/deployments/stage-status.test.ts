import test from 'ava';
import type { Deployment } from '../../deployments/deployment.ts';
import { StageStatusReader } from '../../deployments/stage-status.ts';
import { TornStateError } from '../../deployments/state-outputs.ts';
import { loadStage } from '../../stages/load.ts';
import { awsWith, outputs } from './aws.ts';
import { beginSecond, named, revision, steady } from './strategies/examples.ts';

const machines = [
  { id: 'i-1', template: 'lt-1', health: 'healthy', release: '1111111111111111' },
  { id: 'i-2', template: 'lt-1', health: 'unhealthy', reason: 'Request timed out' },
];

async function readerOf(
  { access }: Awaited<ReturnType<typeof awsWith>>,
  deployment: Deployment = steady(),
  readOutputs: () => Promise<Record<string, unknown> | undefined> = async () => undefined,
): Promise<StageStatusReader> {
  const launch_templates = { [named(1)]: 'lt-1', [named(2)]: 'lt-2' };
  const first = { ...outputs, launch_templates, deployment };
  const deployed = {
    stage: await loadStage('rehearsal'),
    target: { access, rehearsal: undefined } as never,
    outputs: first,
  };
  return new StageStatusReader(deployed, readOutputs);
}

/** A quarter of the requests goes to revision 2, on green. */
function canary(): Deployment {
  const begun = beginSecond({ strategy: 'canary', steps: [25, 100] });
  const green = { revision: named(2), floor: 1, ceiling: 8 };
  return { ...begun, tracks: { ...begun.tracks, green }, weights: { blue: 75, green: 25 } };
}

test('the status has the tracks, the machines with what each uses, the traffic and the alarms', async (t) => {
  const aws = await awsWith(t, { desired: 2, machines });
  const at = 1_767_225_600;
  aws.cloudWatch.DescribeAlarms = {
    MetricAlarms: [
      {
        ...{ AlarmName: 'fleet-blue-latency', AlarmDescription: 'Slow.', StateValue: 'ALARM' },
        ...{ StateReason: 'r', StateUpdatedTimestamp: at },
      },
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
    release: revision(1).release,
    problem: '1 of 2 machines healthy.',
    desired: 2,
    tracks: {
      blue: { revision: named(1), isLive: true, desired: 2, weight: 100 },
      green: { revision: null, isLive: false, desired: 0, weight: 0 },
    },
    metrics: {
      until: new Date((at + 60) * 1000),
      ...{ requestsPerSecond: 10, p90Milliseconds: null, errorPercent: 0 },
    },
    alarms: [{ name: 'fleet-blue-latency', description: 'Slow.', reason: 'r', since: new Date(at * 1000) }],
  });
  t.deepEqual(
    found.map(({ id, track, address, health, cpuPercent }) => [id, track, address, health, cpuPercent]),
    [
      ['i-1', 'blue', '10.20.0.5', 'healthy', null],
      ['i-2', 'blue', '10.20.0.6', 'unhealthy', 12.5],
    ],
  );
});

test('during a deployment the status has the machines of both tracks', async (t) => {
  const newer = { id: 'i-3', template: 'lt-2', health: 'initial', release: '2222222222222222' };
  const aws = await awsWith(t, { desired: 2, machines }, { desired: 1, machines: [newer] });
  const { release, desired, tracks, problem, machines: found } = await (await readerOf(aws, canary())).read();
  t.is(release, revision(1).release);
  t.is(desired, 3);
  t.deepEqual(tracks, {
    blue: { revision: named(1), isLive: true, desired: 2, weight: 75 },
    green: { revision: named(2), isLive: false, desired: 1, weight: 25 },
  });
  t.is(
    problem,
    `A canary deployment of ${named(2)} is under way since 2026-01-02T03:04:05.000Z. Go on with it: make promote, or back: make abort`,
  );
  t.deepEqual(
    found.map(({ id, track, release: ofMachine }) => [id, track, ofMachine]),
    [
      ['i-1', 'blue', '1111111111111111'],
      ['i-2', 'blue', 'unknown'],
      ['i-3', 'green', '2222222222222222'],
    ],
  );
});

test('before the first deployment has ended no release serves', async (t) => {
  const aws = await awsWith(t, { desired: 1, machines: [] });
  const deployment = { ...canary(), history: [] };
  t.is((await (await readerOf(aws, deployment)).read()).release, null);
});

test('the traffic is that of the period in which the live track was counted', async (t) => {
  const aws = await awsWith(t, { desired: 0, machines: [] });
  const { green, blue } = steady().tracks;
  await (await readerOf(aws, steady({ live: 'green', tracks: { blue: green, green: blue } }))).read();
  const [healthy] = (aws.inputs.GetMetricData as { MetricDataQueries?: object[] }).MetricDataQueries ?? [];
  t.like(healthy, {
    Id: 'healthy',
    MetricStat: { Metric: { Dimensions: [{ Value: 'arn:balancer' }, { Name: 'TargetGroup', Value: 'green' }] } },
  });
});

test('what CloudWatch does not know is null', async (t) => {
  const aws = await awsWith(t, { desired: 1, machines: machines.slice(0, 1) });
  const { metrics, alarms, problem, machines: found } = await (await readerOf(aws)).read();
  t.deepEqual(metrics, { until: null, requestsPerSecond: null, p90Milliseconds: null, errorPercent: null });
  t.deepEqual([alarms, problem, found[0]?.cpuPercent], [[], null, null]);
});

test('what another command has applied meanwhile is read again, unless it is being written', async (t) => {
  const aws = await awsWith(t, { desired: 2, machines });
  const later = { ...outputs, launch_templates: { [named(1)]: 'lt-1', [named(2)]: 'lt-2' }, deployment: canary() };
  const states = [async () => later, () => Promise.reject(new TornStateError('an empty file'))];
  const reader = await readerOf(aws, steady(), () => (states.shift() ?? states[0] ?? (async () => undefined))());
  t.deepEqual((await reader.read()).tracks.green, { revision: named(2), isLive: false, desired: 0, weight: 25 });
  t.is((await reader.read()).tracks.green.weight, 25);
});
