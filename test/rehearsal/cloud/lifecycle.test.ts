import test from 'ava';
import { Lifecycle } from '../../../rehearsal/cloud/lifecycle.ts';
import type { FleetMember } from '../../../rehearsal/cloud/member.ts';
import { desiredFleet, health, instance, targetGroup } from '../fleet.ts';
import { ManualClock } from '../manual-clock.ts';
import { TestMachines } from './machines.ts';

function lifecycleOf(desired = desiredFleet(['i-1'])) {
  const clock = new ManualClock();
  const machines = new TestMachines();
  const { events } = machines;
  const logged: unknown[] = [];
  const state = { desired, throttled: false };
  const lifecycle: Lifecycle = new Lifecycle({
    desired: () => state.desired,
    bootMachine: machines.boot,
    terminate: async ({ id }) => {
      events.push(`terminate ${id}`);
      if (state.throttled) throw new Error('Rate exceeded');
    },
    balance: async () => void events.push(`balance ${[...lifecycle.members.values()].map(({ state }) => state)}`),
    onGone: (id) => void events.push(`gone ${id}`),
    clock,
    log: (message, details) => void logged.push([message, details]),
  });
  const boot = (id = 'i-1') => lifecycle.boot(instance(id));
  const member = () => lifecycle.members.get('i-1') as FleetMember;
  return { clock, machines, events, lifecycle, logged, boot, member, state };
}

test('an instance becomes a running member', async (t) => {
  const { clock, events, logged, boot, member } = lifecycleOf();
  await clock.advance(7);
  const booting = boot();
  t.is(member().state, 'booting');
  await booting;
  const { machine, ...others } = member();
  t.is(machine?.root, '/machines/i-1');
  const times = { startedAt: new Date(7), healthyAt: undefined };
  t.deepEqual(others, { instance: instance('i-1'), state: 'running', ...times, targets: new Map() });
  t.deepEqual(events, ['boot i-1']);
  t.deepEqual(logged, [['machine boots', { machine: 'i-1', address: '10.20.0.5' }]]);
});

test('an instance boots only once, even after its machine is gone', async (t) => {
  const { lifecycle, events, boot } = lifecycleOf();
  t.false(lifecycle.isGone('i-1'));
  await boot();
  await boot();
  t.false(lifecycle.isGone('i-1'));
  await lifecycle.close();
  t.true(lifecycle.isGone('i-1'));
  await boot();
  t.deepEqual(events, ['boot i-1', 'power off i-1', 'gone i-1']);
  t.is(lifecycle.members.size, 0);
});

test('an instance whose machine cannot boot is terminated and forgotten', async (t) => {
  const { lifecycle, machines, events, logged, boot } = lifecycleOf();
  machines.broken.add('i-1');
  await boot();
  t.deepEqual(events, ['boot i-1', 'terminate i-1', 'gone i-1']);
  t.is(lifecycle.members.size, 0);
  t.deepEqual(logged[1], ['machine cannot boot', { machine: 'i-1', error: 'out of memory' }]);
});

test('a machine that ends by itself gets no more requests, and its instance is replaced', async (t) => {
  const { clock, lifecycle, machines, events, boot } = lifecycleOf();
  await boot();
  machines.end('i-1');
  await clock.advance(0);
  t.deepEqual(events, ['boot i-1', 'balance ended', 'terminate i-1', 'remove i-1', 'gone i-1']);
  t.is(lifecycle.members.size, 0);
});

test('a member that served drains for as long as its slowest target group says', async (t) => {
  const seconds = { a: 5, b: 20, other: 90 };
  const targetGroups = Object.entries(seconds).map(([name, drainSeconds]) => targetGroup(name, { drainSeconds }));
  const { clock, lifecycle, events, boot, member } = lifecycleOf(desiredFleet([], { targetGroups }));
  await boot();
  member().healthyAt = new Date(0);
  member().targets = new Map(['arn:a', 'arn:b'].map((arn) => [arn, health('healthy')]));
  const retiring = lifecycle.retire(member());
  await clock.advance(19_999);
  t.deepEqual(events, ['boot i-1', 'balance leaving']);
  await clock.advance(1);
  await retiring;
  t.deepEqual(events, ['boot i-1', 'balance leaving', 'power off i-1', 'gone i-1']);
});

test('a member that never served is powered off at once', async (t) => {
  const { lifecycle, events, boot, member } = lifecycleOf();
  await boot();
  await lifecycle.retire(member());
  t.deepEqual(events, ['boot i-1', 'balance leaving', 'power off i-1', 'gone i-1']);
});

test('a member that is retired during its boot is powered off after it', async (t) => {
  const { lifecycle, machines, events, boot, member } = lifecycleOf();
  const { promise, resolve } = Promise.withResolvers<void>();
  machines.booting = promise;
  const booting = boot();
  await lifecycle.retire(member());
  t.deepEqual(events, ['boot i-1', 'balance leaving', 'gone i-1']);
  resolve();
  await booting;
  t.deepEqual(events.slice(3), ['power off i-1']);
  t.is(lifecycle.members.size, 0);
});

test('an unhealthy member is terminated, and left alone for one interval of the reconcile loop', async (t) => {
  const { clock, lifecycle, events, boot, member } = lifecycleOf();
  await boot();
  let isDone = false;
  void lifecycle.replaceUnhealthy(member()).then(() => (isDone = true));
  await clock.advance(4999);
  t.deepEqual([events, isDone], [['boot i-1', 'terminate i-1'], false]);
  await clock.advance(1);
  t.true(isDone);
});

test('a machine that ends while the cloud closes is not replaced', async (t) => {
  const { clock, lifecycle, machines, events, boot, member } = lifecycleOf();
  await boot();
  member().machine = undefined;
  await lifecycle.close();
  machines.end('i-1');
  await clock.advance(0);
  t.deepEqual(events, ['boot i-1']);
});

const failedTermination = ['terminating failed', { machine: 'i-1', error: 'Rate exceeded' }];

test('a termination that fails is repeated until it succeeds', async (t) => {
  const { clock, lifecycle, machines, events, logged, boot, member, state } = lifecycleOf();
  await boot();
  state.throttled = true;
  machines.end('i-1');
  await clock.advance(5000);
  t.is(member().state, 'ended');
  state.throttled = false;
  await clock.advance(4999);
  t.deepEqual(events, ['boot i-1', 'balance ended', 'terminate i-1', 'remove i-1', 'terminate i-1']);
  await clock.advance(1);
  t.deepEqual(events.slice(5), ['terminate i-1', 'gone i-1']);
  t.is(lifecycle.members.size, 0);
  t.deepEqual(logged.slice(2, 4), [failedTermination, failedTermination]);
});

test('a termination that fails for an instance that is no longer desired is not repeated', async (t) => {
  const { clock, lifecycle, machines, events, boot, state } = lifecycleOf();
  machines.broken.add('i-1');
  state.throttled = true;
  const booting = boot();
  await clock.advance(0);
  state.desired = desiredFleet([]);
  await clock.advance(5000);
  await booting;
  t.deepEqual(events, ['boot i-1', 'terminate i-1', 'gone i-1']);
  t.is(lifecycle.members.size, 0);
});

test('a termination that fails is not repeated by a cloud that closes', async (t) => {
  const { clock, lifecycle, machines, events, boot, state } = lifecycleOf();
  await boot();
  state.throttled = true;
  machines.end('i-1');
  await clock.advance(0);
  await lifecycle.close();
  await clock.advance(60_000);
  t.deepEqual(
    events.filter((event) => event.startsWith('terminate')),
    ['terminate i-1'],
  );
});

test('a failed termination of an unhealthy member leaves it as it is for one interval', async (t) => {
  const { clock, lifecycle, events, logged, boot, member, state } = lifecycleOf();
  await boot();
  state.throttled = true;
  let isDone = false;
  void lifecycle.replaceUnhealthy(member()).then(() => (isDone = true));
  await clock.advance(4999);
  t.deepEqual([events, isDone, member().state], [['boot i-1', 'terminate i-1'], false, 'running']);
  await clock.advance(1);
  t.true(isDone);
  t.deepEqual(logged.at(-1), failedTermination);
});

test('a member whose machine cannot be removed is forgotten all the same', async (t) => {
  for (const end of ['by itself', 'retired']) {
    const { clock, lifecycle, machines, events, logged, boot, member } = lifecycleOf();
    machines.stuck.add('i-1');
    await boot();
    if (end === 'retired') await lifecycle.retire(member());
    else machines.end('i-1');
    await clock.advance(0);
    t.is(events.at(-1), 'gone i-1');
    t.is(lifecycle.members.size, 0);
    t.deepEqual(logged.at(-2), ['removing failed', { machine: 'i-1', error: 'device is busy' }]);
  }
});
