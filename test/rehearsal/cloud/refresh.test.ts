import test from 'ava';
import type { FleetMember } from '../../../rehearsal/cloud/member.ts';
import { Refresher } from '../../../rehearsal/cloud/refresh.ts';
import { Refreshes } from '../../../rehearsal/gateway/instance-refresh.ts';
import { byId, desiredFleet, health, instance, member } from '../fleet.ts';
import { ManualClock } from '../manual-clock.ts';

/** A group whose new machines boot at once, with the user data `new`; `broken` ones never become healthy. */
function refresherOf(members: Map<string, FleetMember>, { broken = false } = {}) {
  const events: string[] = [];
  const clock = new ManualClock();
  const refreshes = new Refreshes();
  const group = {
    name: 'fleet',
    desired: members.size,
    graceSeconds: 30,
    targetGroups: ['arn:fleet'],
    userData: 'new',
  };
  const scaling = {
    terminate: async (id: string, shrink: boolean) => {
      const healthy = [...members.values()].filter(({ targets }) => targets.get('arn:fleet')?.state === 'healthy');
      events.push(`end ${id} of ${healthy.length} healthy`);
      members.delete(id);
      if (shrink) group.desired--;
    },
    setDesiredCapacity: async (_: string, capacity: number) => {
      group.desired = capacity;
      const id = `new-${events.filter((event) => event.startsWith('boot')).length + 1}`;
      events.push(`boot ${id}`);
      const targets = new Map([['arn:fleet', health(broken ? 'initial' : 'healthy')]]);
      members.set(id, member(id, { instance: instance(id, { userData: 'new' }), targets }));
    },
  };
  const readDesiredState = async () => desiredFleet([], { groups: [{ ...group }] });
  const refresher = new Refresher({ refreshes, members: () => members, readDesiredState, scaling, clock });
  return { refresher, refreshes, scaling, events, group, clock };
}

test('machines are replaced one after another, each after its successor is healthy', async (t) => {
  const members = byId(member('old-1'), member('old-2'));
  const { refresher, refreshes, events, group } = refresherOf(members);
  const refresh = refreshes.start('fleet');
  await refresher.carryOut(refresh);
  t.deepEqual(events, ['boot new-1', 'end old-1 of 3 healthy', 'boot new-2', 'end old-2 of 3 healthy']);
  t.deepEqual([...members.keys()], ['new-1', 'new-2']);
  t.is(group.desired, 2);
  t.like(refresh, { status: 'Successful', reason: undefined, total: 2, left: 0 });
});

test('machines with the same user data and those of other groups stay', async (t) => {
  const same = member('i-1', { instance: instance('i-1', { userData: 'new' }) });
  const other = member('i-2', { instance: instance('i-2', { group: 'other' }) });
  const { refresher, refreshes, events } = refresherOf(byId(same, other, member('i-3', { state: 'leaving' })));
  const refresh = refreshes.start('fleet');
  await refresher.carryOut(refresh);
  t.deepEqual(events, []);
  t.is(refresh.status, 'Successful');
});

test('a cancelled refresh terminates the machine that never served, and the old ones stay', async (t) => {
  const members = byId(member('old-1'), member('old-2'));
  const { refresher, refreshes, events, group, clock } = refresherOf(members, { broken: true });
  const refresh = refreshes.start('fleet');
  const carryingOut = refresher.carryOut(refresh);
  await clock.advance(1000);
  refresh.status = 'Cancelling';
  await clock.advance(250);
  await carryingOut;
  t.deepEqual(events, ['boot new-1', 'end new-1 of 2 healthy']);
  t.deepEqual([...members.keys()], ['old-1', 'old-2']);
  t.is(group.desired, 2);
  t.like(refresh, { status: 'Cancelled', reason: 'It was cancelled before a new machine became healthy' });
});

test('the next machine is replaced after the one before has left', async (t) => {
  const members = byId(member('old-1'), member('old-2'));
  const { refresher, refreshes, scaling, events, clock } = refresherOf(members);
  scaling.terminate = async (id) => void clock.delay(1000).then(() => members.delete(id));
  const refresh = refreshes.start('fleet');
  const carryingOut = refresher.carryOut(refresh);
  await clock.advance(999);
  t.deepEqual([events, refresh.left], [['boot new-1'], 2]);
  await clock.advance(1001);
  await carryingOut;
  t.deepEqual(events, ['boot new-1', 'boot new-2']);
});

test('a refresh that is cancelled between two machines replaces no more', async (t) => {
  const members = byId(member('old-1'), member('old-2'));
  const { refresher, refreshes, scaling, events } = refresherOf(members);
  const refresh = refreshes.start('fleet');
  scaling.terminate = async (id) => {
    members.delete(id);
    refresh.status = 'Cancelling';
  };
  await refresher.carryOut(refresh);
  t.deepEqual(events, ['boot new-1']);
  t.like(refresh, { status: 'Cancelled', reason: undefined, total: 2, left: 1 });
});

test('a refresh fails when a new machine is not healthy a minute after the grace period', async (t) => {
  const members = byId(member('old-1'));
  const { refresher, refreshes, events, clock } = refresherOf(members, { broken: true });
  const refresh = refreshes.start('fleet');
  const carryingOut = refresher.carryOut(refresh);
  await clock.advance(90_000);
  t.deepEqual([events, refresh.status], [['boot new-1'], 'InProgress']);
  await clock.advance(250);
  await carryingOut;
  t.deepEqual([...members.keys()], ['old-1']);
  t.like(refresh, { status: 'Failed', reason: 'A new machine did not become healthy in time', total: 1, left: 1 });
});

test('a refresh of a group that does not exist fails', async (t) => {
  const { refresher, refreshes } = refresherOf(byId());
  const refresh = refreshes.start('another');
  await refresher.carryOut(refresh);
  t.like(refresh, { status: 'Failed', reason: 'The Auto Scaling group another is gone' });
});
