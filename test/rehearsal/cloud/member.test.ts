import test from 'ava';
import { type FleetMember, isHealthy } from '../../../rehearsal/cloud/member.ts';
import type { TargetState } from '../../../rehearsal/health/target.ts';
import { health, member } from '../fleet.ts';

test('a member is healthy if it runs and every target group that sends requests finds it healthy', (t) => {
  const isHealthyIn = (state: FleetMember['state'], ...states: TargetState[]) =>
    isHealthy(
      member('i-1', { state, targets: new Map(states.map((found, index) => [`arn:${index}`, health(found)])) }),
    );
  t.true(isHealthyIn('running', 'healthy', 'healthy'));
  t.false(isHealthyIn('running', 'healthy', 'unhealthy'));
  t.false(isHealthyIn('running', 'initial'));
  t.true(isHealthyIn('running'));
  t.true(isHealthyIn('running', 'healthy', 'draining', 'unused'));
  t.false(isHealthyIn('booting'));
  t.false(isHealthyIn('leaving', 'healthy'));
});
