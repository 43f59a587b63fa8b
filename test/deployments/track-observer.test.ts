import test, { type ExecutionContext } from 'ava';
import type { ServiceRestarts } from '../../deployments/service-restarts.ts';
import { nothingObserved, TrackObserver } from '../../deployments/track-observer.ts';
import { awsWith, type DescribedFleet, outputs } from './aws.ts';
import { named, steady } from './strategies/examples.ts';

const { stack, tracks } = outputs;

/** Green has the second revision. */
const deployment = steady({
  tracks: {
    blue: { revision: named(1), floor: 2, ceiling: 8 },
    green: { revision: named(2), floor: 2, ceiling: 8 },
  },
});

const machine = (id: string, health = 'healthy', template = 'lt-2') => ({ id, health, template });

async function observing(
  t: ExecutionContext,
  green: DescribedFleet,
  blue: DescribedFleet = noMachines,
  restarts?: Pick<ServiceRestarts, 'find'>,
) {
  const aws = await awsWith(t, blue, green);
  const observer = new TrackObserver({
    ...{ access: aws.access, stack, tracks, restarts },
    templates: { [named(1)]: 'lt-1', [named(2)]: 'lt-2' },
    failureOf: (console) => /failed: .*/.exec(console)?.[0],
  });
  const consoles = () => aws.calls.filter((call) => call === 'GetConsoleOutput').length;
  return { ...aws, observer, consoles };
}

const noMachines: DescribedFleet = { desired: 0, machines: [] };

test('machines are counted, and those of the revision that are healthy', async (t) => {
  const { observer, consoles } = await observing(
    t,
    {
      desired: 4,
      machines: [
        machine('i-1'),
        machine('i-2', 'initial'),
        machine('i-3', 'healthy', 'lt-1'),
        machine('i-4', 'healthy', ''),
        { ...machine('i-5', 'draining'), lifecycle: 'Terminating' },
      ],
    },
    { desired: 1, machines: [machine('i-6', 'healthy', 'lt-1')] },
  );
  t.deepEqual(await observer.observe(deployment), {
    blue: { ...nothingObserved, desired: 1, machines: 1, healthy: 1 },
    green: { ...nothingObserved, desired: 4, machines: 5, healthy: 1 },
  });
  t.is(consoles(), 1);
});

test('a track without a revision has no healthy machines; a revision without a template is an error', async (t) => {
  const { observer } = await observing(t, { desired: 1, machines: [machine('i-1')] });
  const { green } = await observer.observe(steady());
  t.deepEqual(green, { ...nothingObserved, desired: 1, machines: 1 });
  const third = steady({ tracks: { ...deployment.tracks, green: { revision: named(3), floor: 1, ceiling: 1 } } });
  await t.throwsAsync(observer.observe(third), {
    message: `The outputs have no launch template of the revision ${named(3)}`,
  });
});

test('each poll reads the console of one unhealthy machine, in turn; a failure is remembered', async (t) => {
  const machines = [machine('i-1', 'initial'), machine('i-2', 'unhealthy'), machine('i-3'), machine('i-4', '', 'lt-1')];
  const { observer, console, consoles, tracks } = await observing(t, { desired: 3, machines });
  const failedBoot = async () => (await observer.observe(deployment)).green.failedBoot;
  console['i-2'] = 'boot\nfailed: no disk\n';
  console['i-4'] = 'failed: of another revision';
  t.deepEqual([await failedBoot(), await failedBoot()], [null, 'i-2: failed: no disk']);
  t.is(consoles(), 2);
  t.deepEqual([await failedBoot(), await failedBoot()], ['i-2: failed: no disk', 'i-2: failed: no disk']);
  t.is(consoles(), 2);
  tracks.green = { desired: 3, machines: [machine('i-1', 'initial'), machine('i-2'), machine('i-3')] };
  t.is(await failedBoot(), null);
  t.is(consoles(), 3);
});

test('a failed boot does not count once its group takes the machine away', async (t) => {
  const machines = [{ ...machine('i-1', 'unhealthy'), lifecycle: 'Terminating:Wait' }];
  const { observer, console, consoles } = await observing(t, { desired: 1, machines });
  console['i-1'] = 'failed: no disk';
  t.deepEqual((await observer.observe(deployment)).green, { ...nothingObserved, desired: 1, machines: 1 });
  t.is(consoles(), 0);
});

test('a console that cannot be read leaves the cause unknown', async (t) => {
  const { observer } = await observing(t, { desired: 1, machines: [machine('i-0', 'unhealthy')] });
  t.deepEqual((await observer.observe(deployment)).green, { ...nothingObserved, desired: 1, machines: 1 });
});

test('the alarms that ring are told apart by track', async (t) => {
  const { observer, cloudWatch, inputs } = await observing(t, noMachines);
  const ringing = [`${stack}-blue-latency`, `${stack}-green-latency`, `${stack}-green-machine-errors`];
  cloudWatch.DescribeAlarms = {
    MetricAlarms: [
      ...ringing.map((AlarmName) => ({ AlarmName, StateValue: 'ALARM' })),
      { AlarmName: 'fleet-green-latency', StateValue: 'OK' },
    ],
  };
  const { blue, green } = await observer.observe(deployment);
  t.deepEqual(blue.ringing, [`${stack}-blue-latency`]);
  t.deepEqual(green.ringing, [`${stack}-green-machine-errors`, `${stack}-green-latency`]);
  t.deepEqual(inputs.DescribeAlarms, {
    AlarmNames: ['blue', 'green'].flatMap((track) => [`${stack}-${track}-machine-errors`, `${stack}-${track}-latency`]),
    StateValue: 'ALARM',
  });
});

test('a service that has ended is told of its track; only machines with traffic are asked for', async (t) => {
  const asked: (readonly string[])[] = [];
  const ended = new Map([['i-2', 'intent-fleet@8081']]);
  const find = async (machines: readonly string[]) => {
    asked.push(machines);
    return ended;
  };
  const green = { desired: 3, machines: [machine('i-1'), machine('i-2', 'unhealthy'), machine('i-3', '', 'lt-1')] };
  const blue = { desired: 1, machines: [machine('i-4', 'healthy', 'lt-1')] };
  const { observer } = await observing(t, green, blue, { find });
  const switched = await observer.observe({ ...deployment, weights: { blue: 0, green: 100 } });
  t.is(switched.green.endedService, 'intent-fleet@8081 of i-2 has ended by itself');
  t.is(switched.blue.endedService, null);
  await observer.observe(deployment);
  await observer.observe({ ...deployment, weights: { blue: 50, green: 50 } });
  t.deepEqual(asked, [['i-1', 'i-2'], ['i-4'], ['i-4', 'i-1', 'i-2']]);
});

test('what AWS refuses is an error', async (t) => {
  const { access } = await awsWith(t, noMachines);
  const observer = new TrackObserver({
    ...{ access: { ...access, endpoint: 'http://127.0.0.1:1' }, stack, tracks, templates: {} },
    failureOf: () => undefined,
  });
  await t.throwsAsync(observer.observe(steady({ tracks: { blue: idle, green: idle } })), { message: /ECONNREFUSED/ });
});

const idle = { revision: null, floor: 0, ceiling: 0 };
