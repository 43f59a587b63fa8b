import test, { type ExecutionContext } from 'ava';
import { fleetStatus } from '../../deployments/fleet-status.ts';
import { needsReplacement, serves, waitUntilServing } from '../../deployments/wait.ts';
import { awsWith, type Fleet, outputs } from './aws.ts';

const release = '0123456789abcdef';
const machine = (id: string, health = 'healthy', booted = release) => ({ id, health, release: booted });

test('a fleet is described as AWS knows it', async (t) => {
  const access = await awsWith(t, {
    desired: 3,
    machines: [
      machine('i-1'),
      { ...machine('i-2', 'unhealthy', 'fedcba9876543210'), reason: 'Request timed out' },
      machine('i-3', '', 'no-release'),
    ],
    refresh: { status: 'InProgress', percentage: 50 },
  });
  const launchedAt = new Date('2026-01-01T00:00:00Z');
  t.deepEqual(await fleetStatus(access, outputs), {
    desired: 3,
    machines: [
      { id: 'i-1', address: '10.20.0.5', release, health: 'healthy', reason: undefined, launchedAt },
      {
        id: 'i-2',
        address: '10.20.0.6',
        release: 'fedcba9876543210',
        health: 'unhealthy',
        reason: 'Request timed out',
        launchedAt,
      },
      { id: 'i-3', address: '10.20.0.7', release: 'unknown', health: 'not registered', reason: undefined, launchedAt },
    ],
    refresh: { status: 'InProgress', percentage: 50, reason: undefined },
  });
});

test('a fleet without machines', async (t) => {
  const access = await awsWith(t, { desired: 2, machines: [] });
  t.deepEqual(await fleetStatus(access, outputs), { desired: 2, machines: [], refresh: undefined });
});

test('it serves when all machines that are wanted do, no others are there and none is being replaced', (t) => {
  const described = { address: '', reason: undefined, launchedAt: new Date() };
  const of = (machines: ReturnType<typeof machine>[], refresh?: string) =>
    serves(
      {
        desired: 2,
        machines: machines.map((one) => ({ ...described, ...one })),
        refresh: refresh === undefined ? undefined : { status: refresh, percentage: 0, reason: undefined },
      },
      outputs.release,
    );
  const two = [machine('i-1'), machine('i-2')];
  t.true(of(two));
  t.true(of(two, 'Successful'));
  t.true(of(two, 'Failed'));
  for (const status of ['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking']) {
    t.false(of(two, status), status);
  }
  t.false(of([machine('i-1')]));
  t.false(of([...two, machine('i-3')]));
  t.false(of([machine('i-1'), machine('i-2', 'initial')]));
  t.false(of([machine('i-1'), machine('i-2', 'healthy', 'fedcba9876543210')]));
  t.false(of([machine('i-1'), machine('i-2', 'healthy', 'unknown')]));
});

async function wait(t: ExecutionContext, fleets: [Fleet, ...Fleet[]], failure?: string, patienceSeconds = 30) {
  const lines: string[] = [];
  const access = await awsWith(t, ...fleets);
  const status = waitUntilServing({
    access,
    outputs,
    patienceSeconds,
    report: (line) => lines.push(line),
    failureOf: async (id) => failure && `${id}: ${failure}`,
  });
  return { lines, status };
}

test('waits until it serves, and tells how far it is', async (t) => {
  const { lines, status } = await wait(t, [
    {
      desired: 2,
      machines: [machine('i-1'), machine('i-2', 'initial')],
      refresh: { status: 'InProgress', percentage: 50 },
    },
    { desired: 2, machines: [machine('i-1'), machine('i-2')], refresh: { status: 'Successful', percentage: 100 } },
  ]);
  t.is((await status).machines.length, 2);
  t.deepEqual(lines, ['1 of 2 machines healthy, 50 % replaced', '2 of 2 machines healthy']);
});

test('a failed bootstrap ends the wait with what failed', async (t) => {
  const { status } = await wait(t, [{ desired: 1, machines: [machine('i-1', 'initial')] }], 'the bootstrap failed');
  await t.throwsAsync(status, {
    name: 'UserError',
    message: 'i-1: i-1: the bootstrap failed\nAll of it: make logs MACHINE=i-1',
  });
});

test('a failed replacement ends the wait', async (t) => {
  const old = machine('i-1', 'healthy', 'fedcba9876543210');
  const refresh = { status: 'Failed', percentage: 0, reason: 'A new machine did not become healthy in time' };
  const { status } = await wait(t, [{ desired: 1, machines: [old], refresh }]);
  await t.throwsAsync(status, {
    name: 'UserError',
    message: 'The machines were not replaced: A new machine did not become healthy in time. The old ones serve on.',
  });
});

test('patience ends', async (t) => {
  const { status } = await wait(t, [{ desired: 2, machines: [machine('i-1')] }], undefined, -1);
  await t.throwsAsync(status, { name: 'UserError', message: 'After -1 s: 1 of 2 machines healthy' });
});

test('machines of an older release need to be replaced unless somebody is doing it', (t) => {
  const described = { address: '', reason: undefined, launchedAt: new Date() };
  const of = (booted: string, refresh?: string) =>
    needsReplacement(
      {
        desired: 1,
        machines: [{ ...described, ...machine('i-1', 'healthy', booted) }],
        refresh: refresh === undefined ? undefined : { status: refresh, percentage: 0, reason: undefined },
      },
      outputs.release,
    );
  t.false(of(release));
  t.false(of(release, 'Failed'));
  t.true(of('fedcba9876543210'));
  t.true(of('fedcba9876543210', 'Failed'));
  t.true(of('fedcba9876543210', 'Successful'));
  t.false(of('fedcba9876543210', 'InProgress'));
});
