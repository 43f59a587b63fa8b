import test from 'ava';
import { HealthWatch } from '../../../rehearsal/cloud/health-watch.ts';
import type { FleetMember } from '../../../rehearsal/cloud/member.ts';
import type { CheckResult } from '../../../rehearsal/health/check.ts';
import { newTarget } from '../../../rehearsal/health/target.ts';
import {
  desiredFleet,
  forwarding,
  group,
  health,
  healthCheck,
  instance,
  loadBalancer,
  member,
  targetGroup,
} from '../fleet.ts';
import { ManualClock } from '../manual-clock.ts';

const passed = { passed: true } as CheckResult;
const checked = { address: '10.20.0.5', port: 443, from: '10.20.63.254' };
const failed = { passed: false, failure: 'Target.Timeout', reason: 'no' } as CheckResult;
const newMember = (dueAt = 0) => member('i-1', { targets: new Map([['arn:fleet', { ...newTarget(443, 0), dueAt }]]) });

const defaults = {
  check: () => passed,
  onUnhealthy: () => Promise.resolve(),
  targetGroups: [targetGroup('fleet')],
  groups: [group(0)],
};

function watchOver(members: FleetMember[], options: Partial<typeof defaults> = {}) {
  const { check, onUnhealthy, targetGroups, groups } = { ...defaults, ...options };
  const clock = new ManualClock();
  const checks: unknown[] = [];
  const changes: string[] = [];
  const unhealthy: string[] = [];
  const closing = new AbortController();
  const watch = new HealthWatch({
    members: () => members,
    desired: () =>
      desiredFleet([], { targetGroups, groups, loadBalancers: [loadBalancer([forwarding(443, 'fleet', 'other')])] }),
    check: async (healthCheck, target) => {
      checks.push([clock.now(), target, healthCheck]);
      return check();
    },
    onChange: async ({ instance }, from, to) => void changes.push(`${instance.id} ${from} ${to} ${clock.now()}`),
    onUnhealthy: ({ instance }) => {
      unhealthy.push(`${instance.id} ${clock.now()}`);
      return onUnhealthy();
    },
    clock,
  });
  void watch.run(closing.signal);
  return { clock, checks, changes, unhealthy, closing };
}

test('a new member becomes healthy, and is checked at the interval of its target group', async (t) => {
  const one = newMember();
  const { clock, checks, changes, unhealthy } = watchOver([one]);
  await clock.advance(10_000);
  t.deepEqual(
    checks,
    [0, 5000, 10_000].map((time) => [time, checked, healthCheck]),
  );
  t.deepEqual([changes, unhealthy], [['i-1 initial healthy 0'], []]);
  t.deepEqual(one.healthyAt, new Date(0));
});

test('the time of the first success is kept', async (t) => {
  const one = newMember();
  let result = failed;
  const { clock, changes } = watchOver([one], { check: () => result });
  await clock.advance(1999);
  result = passed;
  await clock.advance(3000);
  result = failed;
  await clock.advance(15_000);
  result = passed;
  await clock.advance(15_000);
  t.deepEqual(changes, ['i-1 initial healthy 2000', 'i-1 healthy unhealthy 17000', 'i-1 unhealthy healthy 27000']);
  t.deepEqual(one.healthyAt, new Date(2000));
});

test('a member is healthy when all of its target groups say so', async (t) => {
  const one = newMember();
  one.targets.set('arn:other', newTarget(443, 0));
  const results = [passed, failed, passed];
  const targetGroups = [targetGroup('fleet'), targetGroup('other'), targetGroup('foreign')];
  const { clock, checks } = watchOver([one], { check: () => results.shift() ?? failed, targetGroups });
  await clock.advance(0);
  t.is(checks.length, 2);
  t.is(one.healthyAt, undefined);
  await clock.advance(1000);
  t.deepEqual(one.healthyAt, new Date(1000));
});

test('an unhealthy member is reported once after the grace period, and again after it has been replaced', async (t) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { clock, checks, unhealthy } = watchOver([newMember()], { check: () => failed, onUnhealthy: () => promise });
  await clock.advance(29_999);
  t.deepEqual(unhealthy, []);
  await clock.advance(10_001);
  t.deepEqual(unhealthy, ['i-1 30000']);
  t.is(checks.length, 31);
  resolve();
  await clock.advance(250);
  t.deepEqual(unhealthy, ['i-1 30000', 'i-1 40250']);
});

test('a group whose process ReplaceUnhealthy is suspended keeps its unhealthy members', async (t) => {
  const one = newMember();
  one.declaredUnhealthy = { respectsGracePeriod: false };
  const groups = [group(0, { replacesUnhealthy: false })];
  const { clock, changes, unhealthy } = watchOver([one], { check: () => failed, groups });
  await clock.advance(60_000);
  t.deepEqual([changes, unhealthy], [['i-1 initial unhealthy 15000'], []]);
});

test('members that do not run, without target groups or without their group are left alone', async (t) => {
  const targets = new Map([['arn:fleet', newTarget(443, 0)]]);
  const members = [
    ...(['booting', 'leaving', 'ended'] as const).map((state) => member(state, { state, targets })),
    member('i-1', { targets: new Map() }),
    member('i-2', { instance: instance('i-2', { group: 'other' }), targets: new Map([['a', health('initial')]]) }),
  ];
  const { clock, checks, unhealthy } = watchOver(members, { check: () => failed });
  await clock.advance(60_000);
  t.deepEqual([checks, unhealthy], [[], []]);
});

test('a member that leaves during its check is not reported', async (t) => {
  const one = newMember(30_000);
  const check = () => {
    one.state = 'leaving';
    return failed;
  };
  const { clock, checks, unhealthy } = watchOver([one], { check });
  await clock.advance(30_000);
  t.deepEqual([checks.length, unhealthy], [1, []]);
});

test('ends after it is aborted', async (t) => {
  const { clock, checks, closing } = watchOver([newMember()]);
  await clock.advance(0);
  closing.abort();
  await clock.advance(60_000);
  t.is(checks.length, 1);
});

test('a healthy member that is declared unhealthy is reported after the grace period, or at once where that does not count', async (t) => {
  const [one, two] = [newMember(), member('i-2', { targets: new Map() })];
  const { clock, unhealthy } = watchOver([one, two]);
  await clock.advance(1000);
  one.declaredUnhealthy = { respectsGracePeriod: true };
  two.declaredUnhealthy = { respectsGracePeriod: false };
  await clock.advance(250);
  t.deepEqual(unhealthy, ['i-2 1250']);
  await clock.advance(28_750);
  t.is(unhealthy.filter((line) => line.startsWith('i-1')).join(), 'i-1 30000');
});
