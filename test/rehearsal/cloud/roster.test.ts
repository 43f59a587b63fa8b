import test from 'ava';
import { isHealthy, type Member, planRoster } from '../../../rehearsal/cloud/roster.ts';
import { machineStatuses } from '../../../rehearsal/cloud/status.ts';
import { health, instance, member, roster, world } from './members.ts';

test('boots what is wanted and not there', (t) => {
  const wanted = [instance('i-1'), instance('i-2'), instance('i-3')];
  const { boot, retire } = planRoster(world(wanted), roster(member('i-2')));
  t.deepEqual(
    boot.map(({ id }) => id),
    ['i-1', 'i-3'],
  );
  t.deepEqual(retire, []);
});

test('waits for an instance to have its address and its network', (t) => {
  const wanted = [instance('i-1', { address: '' }), instance('i-2', { cidr: '' })];
  t.deepEqual(planRoster(world(wanted), roster()), { boot: [], retire: [] });
});

test('retires what boots or runs and is no longer wanted; what leaves or has ended is left alone', (t) => {
  const members = roster(
    member('i-1', { state: 'booting' }),
    member('i-2', { state: 'running' }),
    member('i-3', { state: 'leaving' }),
    member('i-4', { state: 'ended' }),
    member('i-5', { state: 'running' }),
  );
  const { boot, retire } = planRoster(world([instance('i-5')]), members);
  t.deepEqual(boot, []);
  t.deepEqual(
    retire.map(({ instance: { id } }) => id),
    ['i-1', 'i-2'],
  );
});

test('a member that has ended is not booted again', (t) => {
  t.deepEqual(planRoster(world([instance('i-1')]), roster(member('i-1', { state: 'ended' }))).boot, []);
});

test('a member is healthy where it runs and every target group finds it so', (t) => {
  const of = (state: Member['state'], ...states: ('healthy' | 'initial' | 'unhealthy')[]) =>
    isHealthy(
      member('i-1', { state, targets: new Map(states.map((found, index) => [`arn:${index}`, health(found)])) }),
    );
  t.true(of('running', 'healthy', 'healthy'));
  t.false(of('running', 'healthy', 'unhealthy'));
  t.false(of('running', 'initial'));
  t.false(of('running'));
  t.false(of('leaving', 'healthy'));
});

test('a status tells the worst that any target group finds', (t) => {
  const startedAt = new Date('2026-01-01T00:00:00Z');
  const members = roster(
    member('i-1', { startedAt, healthyAt: new Date('2026-01-01T00:00:08.500Z') }),
    member('i-2', {
      startedAt,
      targets: new Map([
        ['a', health('healthy')],
        ['b', health('unhealthy', 'no')],
      ]),
    }),
    member('i-3', { startedAt, state: 'leaving' }),
    member('i-4', { startedAt, state: 'booting', targets: new Map() }),
  );
  const common = { group: 'fleet', address: '10.20.0.5', release: undefined, startedAt: '2026-01-01T00:00:00.000Z' };
  const never = { reason: undefined, healthyAfterSeconds: undefined };
  t.deepEqual(machineStatuses({ members } as never), [
    { ...common, ...never, id: 'i-1', state: 'running', health: 'healthy', healthyAfterSeconds: 8.5 },
    { ...common, ...never, id: 'i-2', state: 'running', health: 'unhealthy', reason: 'no' },
    { ...common, ...never, id: 'i-3', state: 'leaving', health: 'draining' },
    { ...common, ...never, id: 'i-4', state: 'booting', health: 'not asked' },
  ]);
});
