import test from 'ava';
import { healthyTargets, targetsOf } from '../../../rehearsal/cloud/targets.ts';
import type { TargetGroup } from '../../../rehearsal/emulator/world.ts';
import { health, instance, member, world } from './members.ts';

const group = { arn: 'arn:fleet', port: 443 } as TargetGroup;
const at = (id: string, address: string) => instance(id, { address });

test('the balancer sees members by their health, those that leave as draining, those that have ended not at all', (t) => {
  const unhealthy = health('unhealthy', 'Request timed out');
  const members = [
    member('i-1'),
    member('i-2', { targets: new Map([['arn:fleet', unhealthy]]) }),
    member('i-3', { state: 'leaving' }),
    member('i-4', { state: 'ended' }),
    member('i-5', { targets: new Map([['arn:other', health('healthy')]]) }),
  ];
  t.deepEqual(targetsOf('arn:fleet', world([], { targetGroups: [group] }), members), [
    { instance: 'i-1', port: 443, health: health('healthy') },
    { instance: 'i-2', port: 443, health: unhealthy },
    { instance: 'i-3', port: 443, health: 'draining' },
  ]);
});

test('a target group that is not there has no targets, not even none', (t) => {
  t.is(targetsOf('arn:none', world([], { targetGroups: [group] }), [member('i-1')]), undefined);
});

test('requests go to members that run and are healthy, group by group', (t) => {
  const both = new Map([
    ['arn:fleet', health('healthy')],
    ['arn:other', health('healthy')],
  ]);
  const members = [
    member('i-1', { instance: at('i-1', '10.20.0.5'), targets: both }),
    member('i-2', { instance: at('i-2', '10.20.0.6') }),
    member('i-3', { instance: at('i-3', '10.20.0.7'), state: 'leaving' }),
    member('i-4', { instance: at('i-4', '10.20.0.8'), targets: new Map([['arn:fleet', health('initial')]]) }),
  ];
  t.deepEqual(
    [...healthyTargets(members)],
    [
      ['arn:fleet', ['10.20.0.5', '10.20.0.6']],
      ['arn:other', ['10.20.0.5']],
    ],
  );
});
