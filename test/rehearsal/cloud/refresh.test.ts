import test from 'ava';
import { Refresher } from '../../../rehearsal/cloud/refresh.ts';
import { Refreshes } from '../../../rehearsal/gateway/instance-refresh.ts';
import { byId, desiredFleet, group, health, instance, member, templates } from '../fleet.ts';
import { ManualClock } from '../manual-clock.ts';

/** A refresh of a group. New machines boot at once, from the launch template of the group; `broken` ones never become healthy. */
function refreshOf(existing = [member('old-1'), member('old-2')], { name = 'fleet', broken = false } = {}) {
  const events: string[] = [];
  const clock = new ManualClock();
  const members = byId(...existing);
  const fleet = group(members.size);
  const scaling = {
    terminate: async (id: string, shrink: boolean) => {
      const healthy = [...members.values()].filter(({ targets }) => targets.get('arn:fleet')?.state === 'healthy');
      events.push(`end ${id} of ${healthy.length} healthy`);
      members.delete(id);
      if (shrink) fleet.desired--;
    },
    setDesiredCapacity: async (_: string, capacity: number) => {
      fleet.desired = capacity;
      const id = `new-${events.filter((event) => event.startsWith('boot')).length + 1}`;
      events.push(`boot ${id}`);
      const targets = new Map([['arn:fleet', health(broken ? 'initial' : 'healthy')]]);
      members.set(id, member(id, { instance: instance(id, { launchTemplate: templates.new }), targets }));
    },
  };
  const readDesiredState = async () => desiredFleet([], { groups: [{ ...fleet }] });
  const refreshes = new Refreshes();
  const refresher = new Refresher({ refreshes, members: () => members, readDesiredState, scaling, clock });
  const refresh = refreshes.start(name);
  return { carryOut: () => refresher.carryOut(refresh), refresh, members, scaling, events, fleet, clock };
}

test('machines are replaced one after another, each after its successor is healthy', async (t) => {
  const { carryOut, refresh, members, events, fleet } = refreshOf();
  await carryOut();
  t.deepEqual(events, ['boot new-1', 'end old-1 of 3 healthy', 'boot new-2', 'end old-2 of 3 healthy']);
  t.deepEqual([...members.keys()], ['new-1', 'new-2']);
  t.is(fleet.desired, 2);
  t.like(refresh, { status: 'Successful', reason: undefined, total: 2, left: 0 });
});

test('machines of the same launch template and those of other groups stay', async (t) => {
  const same = member('i-1', { instance: instance('i-1', { launchTemplate: templates.new }) });
  const other = member('i-2', { instance: instance('i-2', { group: 'other' }) });
  const { carryOut, refresh, events } = refreshOf([same, other, member('i-3', { state: 'leaving' })]);
  await carryOut();
  t.deepEqual([events, refresh.status], [[], 'Successful']);
});

test('a cancelled refresh terminates the machine that never served, and the old ones stay', async (t) => {
  const { carryOut, refresh, members, events, fleet, clock } = refreshOf(undefined, { broken: true });
  const carryingOut = carryOut();
  await clock.advance(1000);
  refresh.status = 'Cancelling';
  await clock.advance(250);
  await carryingOut;
  t.deepEqual(events, ['boot new-1', 'end new-1 of 2 healthy']);
  t.deepEqual([...members.keys()], ['old-1', 'old-2']);
  t.is(fleet.desired, 2);
  t.like(refresh, { status: 'Cancelled', reason: 'It was cancelled before a new machine became healthy' });
});

test('the next machine is replaced after the one before has left', async (t) => {
  const { carryOut, refresh, members, scaling, events, clock } = refreshOf();
  scaling.terminate = async (id) => void clock.delay(1000).then(() => members.delete(id));
  const carryingOut = carryOut();
  await clock.advance(999);
  t.deepEqual([events, refresh.left], [['boot new-1'], 2]);
  await clock.advance(1001);
  await carryingOut;
  t.deepEqual(events, ['boot new-1', 'boot new-2']);
});

test('a refresh that is cancelled between two machines replaces no more', async (t) => {
  const { carryOut, refresh, members, scaling, events } = refreshOf();
  scaling.terminate = async (id) => {
    members.delete(id);
    refresh.status = 'Cancelling';
  };
  await carryOut();
  t.deepEqual(events, ['boot new-1']);
  t.like(refresh, { status: 'Cancelled', reason: undefined, total: 2, left: 1 });
});

test('a refresh fails when a new machine is not healthy a minute after the grace period', async (t) => {
  const { carryOut, refresh, members, events, clock } = refreshOf([member('old-1')], { broken: true });
  const carryingOut = carryOut();
  await clock.advance(90_000);
  t.deepEqual([events, refresh.status], [['boot new-1'], 'InProgress']);
  await clock.advance(250);
  await carryingOut;
  t.deepEqual([...members.keys()], ['old-1']);
  t.like(refresh, { status: 'Failed', reason: 'A new machine did not become healthy in time', total: 1, left: 1 });
});

test('a refresh of a group that does not exist fails', async (t) => {
  const { carryOut, refresh } = refreshOf([], { name: 'another' });
  await carryOut();
  t.like(refresh, { status: 'Failed', reason: 'The Auto Scaling group another is gone' });
});
