import test from 'ava';
import type { Cloud } from '../../../rehearsal/cloud/cloud.ts';
import { Refresher } from '../../../rehearsal/cloud/refresh.ts';
import type { Member } from '../../../rehearsal/cloud/roster.ts';
import type { Clients } from '../../../rehearsal/emulator/clients.ts';
import { Refreshes } from '../../../rehearsal/gateway/instance-refresh.ts';
import { health, instance, member, roster, world } from './members.ts';

/** A cloud whose groups get machines as soon as they want more; `broken` ones never become healthy. */
function cloudOf(members: Map<string, Member>, { broken = false } = {}) {
  const events: string[] = [];
  const group = {
    name: 'fleet',
    desired: members.size,
    graceSeconds: 30,
    targetGroups: ['arn:fleet'],
    userData: 'new',
  };
  let next = 1;
  const cloud = {
    members,
    get world() {
      return world([], { groups: [group] });
    },
    observe: async () => world([], { groups: [{ ...group }] }),
    look: () => undefined,
    terminate: async (id: string, shrink: boolean) => {
      const healthy = [...members.values()].filter(({ targets }) => targets.get('arn:fleet')?.state === 'healthy');
      events.push(`end ${id} of ${healthy.length} healthy`);
      members.delete(id);
      if (shrink) group.desired--;
    },
  };
  const autoScaling = {
    send: async ({ input }: { input: { DesiredCapacity: number } }) => {
      group.desired = input.DesiredCapacity;
      const id = `new-${next++}`;
      events.push(`boot ${id}`);
      const targets = new Map([['arn:fleet', health(broken ? 'initial' : 'healthy')]]);
      members.set(id, member(id, { instance: instance(id, { userData: 'new' }), targets }));
    },
  };
  const refreshes = new Refreshes();
  const refresher = new Refresher(cloud as unknown as Cloud, { autoScaling } as unknown as Clients, refreshes);
  return { refresher, refreshes, events, group };
}

test('machines are replaced one after another, each new one healthy before an old one goes', async (t) => {
  const members = roster(member('old-1'), member('old-2'));
  const { refresher, refreshes, events, group } = cloudOf(members);
  const refresh = refreshes.start('fleet');
  await refresher.carryOut(refresh);
  t.deepEqual(events, ['boot new-1', 'end old-1 of 3 healthy', 'boot new-2', 'end old-2 of 3 healthy']);
  t.deepEqual([...members.keys()], ['new-1', 'new-2']);
  t.is(group.desired, 2);
  t.like(refresh, { status: 'Successful', reason: undefined, total: 2, left: 0 });
});

test('machines that boot with the same stay', async (t) => {
  const members = roster(member('i-1', { instance: instance('i-1', { userData: 'new' }) }));
  const { refresher, refreshes, events } = cloudOf(members);
  const refresh = refreshes.start('fleet');
  await refresher.carryOut(refresh);
  t.deepEqual(events, []);
  t.is(refresh.status, 'Successful');
});

test('a refresh that is cancelled withdraws what never served, and the old machines stay', async (t) => {
  const members = roster(member('old-1'), member('old-2'));
  const { refresher, refreshes, events, group } = cloudOf(members, { broken: true });
  const refresh = refreshes.start('fleet');
  const carryingOut = refresher.carryOut(refresh);
  setTimeout(() => Object.assign(refresh, { status: 'Cancelling' }), 50);
  await carryingOut;
  t.deepEqual(events, ['boot new-1', 'end new-1 of 2 healthy']);
  t.deepEqual([...members.keys()], ['old-1', 'old-2']);
  t.is(group.desired, 2);
  t.like(refresh, { status: 'Cancelled', reason: 'It was cancelled before a new machine became healthy' });
});

test('a group that is gone fails the refresh', async (t) => {
  const { refresher, refreshes } = cloudOf(roster());
  const refresh = refreshes.start('another');
  await refresher.carryOut(refresh);
  t.like(refresh, { status: 'Failed', reason: 'The Auto Scaling group another is gone' });
});
