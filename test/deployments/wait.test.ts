import test, { type ExecutionContext } from 'ava';
import { waitUntilServing } from '../../deployments/wait.ts';
import { awsWith, type DescribedFleet } from './aws.ts';

const template = { id: 'lt-new', version: '1' };
const machine = (id: string, health = 'healthy', launchedFrom = 'lt-new') => ({ id, health, template: launchedFrom });

async function wait(
  t: ExecutionContext,
  fleets: [DescribedFleet, ...DescribedFleet[]],
  failure?: string,
  timeoutSeconds = 30,
) {
  const lines: string[] = [];
  const { fleet } = await awsWith(t, ...fleets);
  const status = waitUntilServing({
    fleet,
    template,
    timeoutSeconds,
    report: (line) => lines.push(line),
    failureOf: async (id) => (id === 'i-2' ? failure : undefined),
  });
  return { lines, status };
}

test('the wait ends when the fleet serves, and reports its progress', async (t) => {
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

test('a failed bootstrap ends the wait with what failed; each poll reads about one unhealthy machine', async (t) => {
  const machines = [machine('i-1', 'initial'), machine('i-2', 'initial')];
  const { lines, status } = await wait(t, [{ desired: 2, machines }], 'the bootstrap failed');
  await t.throwsAsync(status, {
    name: 'UserError',
    message: 'i-2: the bootstrap failed\nFull logs: make logs MACHINE=i-2',
  });
  t.is(lines.length, 2);
});

test('a failed replacement ends the wait', async (t) => {
  const old = machine('i-1', 'healthy', 'lt-old');
  const refresh = { status: 'Failed', percentage: 0, reason: 'A new machine did not become healthy in time' };
  const { status } = await wait(t, [{ desired: 1, machines: [old], refresh }]);
  await t.throwsAsync(status, {
    name: 'UserError',
    message:
      'The machines were not replaced: A new machine did not become healthy in time. The old machines still serve.',
  });
});

test('the wait ends at its timeout', async (t) => {
  const { status } = await wait(t, [{ desired: 2, machines: [machine('i-1')] }], undefined, -1);
  await t.throwsAsync(status, { name: 'UserError', message: 'After -1 s: 1 of 2 machines healthy' });
});
