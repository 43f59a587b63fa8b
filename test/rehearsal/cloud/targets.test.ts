import test from 'ava';
import { balancersOf, openTargets, registrationsOf, targetsOf } from '../../../rehearsal/cloud/targets.ts';
import type { DesiredState, TargetGroup } from '../../../rehearsal/emulator/desired-state.ts';
import { newTarget, type TargetHealth, unusedTarget } from '../../../rehearsal/health/target.ts';
import { desiredFleet, forwarding, health, instance, loadBalancer, member, registered, targetGroup } from '../fleet.ts';

/** The health of the member i-1 after it was `before` in the target group `fleet`. */
function registration(
  before: TargetHealth | undefined,
  group: Partial<TargetGroup>,
  others: Partial<DesiredState> = {},
) {
  const one = member('i-1', { targets: new Map(before && [['arn:fleet', before]]) });
  const desired = desiredFleet([], { targetGroups: [targetGroup('fleet', group)], ...others });
  return registrationsOf(one, desired, 7000).get('arn:fleet');
}

const ours = { targets: registered('i-1') };
const unused = { loadBalancers: [] };

test('a target that is registered is new, and keeps its health', (t) => {
  t.deepEqual(registration(undefined, ours), newTarget(443, 7000));
  t.deepEqual(registration(health('healthy'), ours), health('healthy'));
  t.is(registration(undefined, { targets: registered('i-2') }), undefined);
});

test('a target that is registered again or on another port is new', (t) => {
  t.deepEqual(registration(health('draining'), ours), newTarget(443, 7000));
  const other = { targets: [{ instance: 'i-1', port: 8080 }] };
  t.deepEqual(registration(health('healthy'), other), newTarget(8080, 7000));
});

test('a target that is deregistered drains for the deregistration delay', (t) => {
  const draining = registration(health('healthy'), {});
  t.like(draining, { state: 'draining', dueAt: 12_000 });
  t.is(registration({ ...health('draining'), dueAt: 7001 }, {})?.dueAt, 7001);
  t.is(registration({ ...health('draining'), dueAt: 7000 }, {}), undefined);
});

test('a target is not used until a listener forwards to its group', (t) => {
  t.deepEqual(registration(undefined, ours, unused), unusedTarget(443, 7000));
  t.deepEqual(registration(health('healthy'), ours, unused), unusedTarget(443, 7000));
  t.deepEqual(registration(unusedTarget(443, 0), ours, unused), unusedTarget(443, 0));
  t.deepEqual(registration(unusedTarget(443, 0), ours), newTarget(443, 7000));
  t.is(registration(unusedTarget(443, 0), {}, unused), undefined);
});

test('a group that is gone has no targets', (t) => {
  const one = member('i-1');
  t.deepEqual(registrationsOf(one, desiredFleet([], { targetGroups: [] }), 0), new Map());
});

test('every rule of a listener uses its target groups', (t) => {
  const balancers = [
    loadBalancer([forwarding(443, 'a', 'b')], { id: 'one' }),
    loadBalancer([forwarding(80), forwarding(8080, 'c')], { id: 'two' }),
  ];
  const used = balancersOf(desiredFleet([], { loadBalancers: balancers }));
  t.deepEqual(
    [...used].map(([arn, { id }]) => [arn, id]),
    [
      ['arn:a', 'one'],
      ['arn:b', 'one'],
      ['arn:c', 'two'],
    ],
  );
});

test('targets have their own health, leaving members are draining, ended ones have none', (t) => {
  const unhealthy = health('unhealthy', 'Request timed out');
  const members = [
    member('i-1'),
    member('i-2', { targets: new Map([['arn:fleet', unhealthy]]) }),
    member('i-3', { state: 'leaving' }),
    member('i-4', { state: 'ended' }),
    member('i-5', { targets: new Map([['arn:other', health('healthy')]]) }),
  ];
  t.deepEqual(targetsOf('arn:fleet', members), [
    { instance: 'i-1', health: health('healthy') },
    { instance: 'i-2', health: unhealthy },
    { instance: 'i-3', health: health('draining', 'Target deregistration is in progress') },
  ]);
  t.deepEqual(targetsOf('arn:none', members), []);
});

/** Where the requests of the target group `fleet` go, for members in these states there. */
function openTo(...states: TargetHealth['state'][]) {
  const members = states.map((state, index) =>
    member(`i-${index}`, {
      instance: instance(`i-${index}`, { address: `10.20.0.${index}` }),
      targets: new Map([['arn:fleet', health(state)]]),
    }),
  );
  return openTargets(members).get('arn:fleet');
}

test('requests go to running members that are healthy in the target group', (t) => {
  t.deepEqual(openTo('healthy', 'initial', 'unhealthy', 'draining', 'healthy'), ['10.20.0.0:443', '10.20.0.4:443']);
  const leaving = member('i-1', { state: 'leaving' });
  t.deepEqual(openTargets([leaving, member('i-2', { targets: new Map() })]), new Map());
});

test('where no target is healthy, requests go to the unhealthy ones', (t) => {
  t.deepEqual(openTo('unhealthy', 'draining', 'initial', 'unhealthy'), ['10.20.0.0:443', '10.20.0.3:443']);
  t.deepEqual(openTo('initial', 'draining'), []);
});
