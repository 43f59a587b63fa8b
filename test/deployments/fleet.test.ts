import test from 'ava';
import { awsWith } from './aws.ts';

const machine = (id: string, health = 'healthy', template = 'lt-new') => ({ id, health, template });
const current = { id: 'lt-new', version: '1' };

test('a fleet is described as AWS describes it', async (t) => {
  const { fleet } = await awsWith(t, {
    desired: 3,
    machines: [
      { ...machine('i-1'), release: '0123456789abcdef' },
      { ...machine('i-2', 'unhealthy', 'lt-old'), reason: 'Request timed out' },
      { ...machine('i-3', '', ''), lifecycle: 'Terminating:Wait' },
    ],
  });
  const status = await fleet.status();
  const machines = [
    { id: 'i-1', template: current, health: 'healthy', reason: undefined, leaving: false },
    {
      ...{ id: 'i-2', template: { id: 'lt-old', version: '1' }, leaving: false },
      ...{ health: 'unhealthy', reason: 'Request timed out' },
    },
    {
      ...{ id: 'i-3', template: { id: '', version: '' }, leaving: true },
      ...{ health: 'not registered', reason: undefined },
    },
  ] as const;
  t.deepEqual(status, { desired: 3, machines: [...machines] });
  const launchedAt = new Date('2026-01-01T00:00:00Z');
  t.deepEqual(await fleet.details(status.machines), [
    { ...machines[0], address: '10.20.0.5', release: '0123456789abcdef', launchedAt },
    { ...machines[1], address: '10.20.0.6', release: 'unknown', launchedAt },
    { ...machines[2], address: '10.20.0.7', release: 'unknown', launchedAt },
  ]);
});

test('a fleet without machines', async (t) => {
  const { fleet } = await awsWith(t, { desired: 2, machines: [] });
  t.deepEqual(await fleet.status(), { desired: 2, machines: [] });
});

test('the number of calls does not grow with the fleet', async (t) => {
  const machines = Array.from({ length: 100 }, (_, index) => machine(`i-${index}`));
  const { fleet, calls } = await awsWith(t, { desired: 100, machines });
  t.is((await fleet.status()).machines.length, 100);
  t.deepEqual(calls.splice(0).sort(), ['DescribeAutoScalingGroups', 'DescribeTargetHealth']);
  await fleet.details([]);
  t.deepEqual(calls, ['DescribeInstances']);
});

test('calls that AWS throttles are repeated', async (t) => {
  const { fleet, calls, throttling } = await awsWith(t, { desired: 1, machines: [] });
  throttling.calls = 4;
  t.is((await fleet.status()).desired, 1);
  t.is(calls.length, 6);
});

test('the console of a machine that never was is an error with the next step', async (t) => {
  const { fleet } = await awsWith(t, { desired: 1, machines: [] });
  await t.throwsAsync(fleet.consoleOf('i-0'), {
    name: 'UserError',
    message: 'No machine of this stage has, or had, the id i-0. See: make status',
  });
});

test('the console of a machine is text; that of a machine that has not written is empty', async (t) => {
  const { fleet, console } = await awsWith(t, { desired: 1, machines: [] });
  console['i-1'] = 'Debian GNU/Linux 12 ü\n';
  t.is(await fleet.consoleOf('i-1'), 'Debian GNU/Linux 12 ü\n');
  t.is(await fleet.consoleOf('i-2'), '');
});
