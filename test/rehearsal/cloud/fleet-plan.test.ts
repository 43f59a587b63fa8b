import test from 'ava';
import { planFleet } from '../../../rehearsal/cloud/fleet-plan.ts';
import { byId, instance, member } from '../fleet.ts';

test('boots the desired instances that have no member, not even one that has ended', (t) => {
  const desired = [instance('i-1'), instance('i-2'), instance('i-3'), instance('i-4')];
  const members = byId(member('i-2'), member('i-4', { state: 'ended' }));
  t.deepEqual(planFleet(desired, members), { boot: [instance('i-1'), instance('i-3')], retire: [] });
});

test('waits until an instance has its address and its network', (t) => {
  const desired = [instance('i-1', { address: '' }), instance('i-2', { cidr: '' })];
  t.deepEqual(planFleet(desired, byId()), { boot: [], retire: [] });
});

test('retires undesired members that boot or run, and ignores those that leave or have ended', (t) => {
  const states = ['booting', 'running', 'leaving', 'ended', 'running'] as const;
  const members = states.map((state, index) => member(`i-${index}`, { state }));
  t.deepEqual(planFleet([instance('i-4')], byId(...members)), { boot: [], retire: members.slice(0, 2) });
});
