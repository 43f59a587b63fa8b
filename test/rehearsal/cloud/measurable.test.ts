import test from 'ava';
import { measurableOf, warmingOf } from '../../../rehearsal/cloud/measurable.ts';
import type { FleetMember } from '../../../rehearsal/cloud/member.ts';
import { byId, desiredFleet, forwarding, health, instance, loadBalancer, member, targetGroup } from '../fleet.ts';
import { scalingGroup } from '../scaling/policies.ts';

const at = (seconds: number) => new Date(seconds * 1000);

/** The ids of the members that warm up at the hundredth second, where the warm-up takes sixty. */
function warming(...members: FleetMember[]): string[] {
  return warmingOf([scalingGroup(2)], members, (time) => 100 - time / 1000).map(({ id }) => id);
}

test('a target warms up from its first success on, another machine from its start on', (t) => {
  const targets = new Map();
  t.deepEqual(
    warming(
      member('i-1', { healthyAt: at(40), startedAt: at(100) }),
      member('i-2', { healthyAt: at(41) }),
      member('i-3', { healthyAt: undefined }),
      member('i-4', { startedAt: at(40), targets }),
      member('i-5', { startedAt: at(41), targets }),
      member('i-6', { state: 'booting', healthyAt: undefined }),
    ),
    ['i-2', 'i-3', 'i-5', 'i-6'],
  );
});

test('machines that leave do not warm up, nor do those that are healthy and of no group', (t) => {
  t.deepEqual(
    warming(
      member('i-1', { state: 'leaving' }),
      member('i-2', { state: 'ended' }),
      member('i-3', { instance: instance('i-3', { group: undefined }), healthyAt: at(100) }),
      member('i-4', { instance: instance('i-4', { group: 'other' }), healthyAt: at(100) }),
    ),
    [],
  );
});

const arn = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/fleet/0a1b';

test('the machines that stay are measured, and the health of target groups of a balancer', (t) => {
  const [one, two] = [
    member('i-1'),
    member('i-2', { state: 'booting', targets: new Map([[arn, health('unhealthy')]]) }),
  ];
  const targetGroups = [
    targetGroup('fleet', { arn, targets: [{ instance: 'i-1', port: 443 }] }),
    targetGroup('unused'),
  ];
  one.targets = new Map([[arn, health('healthy')]]);
  const listener = forwarding(443, 'fleet');
  listener.rules = [
    {
      conditions: [],
      action: { kind: 'forward', targets: [{ targetGroup: arn, weight: 1 }], stickySeconds: undefined },
    },
  ];
  const desired = desiredFleet(['i-1', 'i-2'], { targetGroups, loadBalancers: [loadBalancer([listener])] });
  const members = byId(one, two, member('i-3', { state: 'leaving' }), member('i-4', { state: 'ended' }));
  const found = measurableOf({ desired, members }, [two.instance]);
  t.deepEqual(found.machines, [
    { id: 'i-1', group: 'fleet', processors: 2, isWarming: false },
    { id: 'i-2', group: 'fleet', processors: 2, isWarming: true },
  ]);
  t.deepEqual(
    found.targetGroups.map(({ states, ...other }) => ({ ...other, states: states.toSorted() })),
    [
      {
        balancer: 'app/intent-fleet/1',
        targetGroup: 'targetgroup/fleet/0a1b',
        choice: 'group_fleet',
        states: ['healthy', 'unhealthy'],
      },
    ],
  );
});
