import type { Member } from '../../../rehearsal/cloud/roster.ts';
import type { WantedInstance, World } from '../../../rehearsal/emulator/world.ts';
import type { TargetHealth, TargetState } from '../../../rehearsal/health/target.ts';

export function instance(id: string, overrides: Partial<WantedInstance> = {}): WantedInstance {
  return {
    id,
    group: 'fleet',
    address: '10.20.0.5',
    cidr: '10.20.0.0/16',
    instanceType: 't3.small',
    imageId: 'ami-1',
    zone: 'eu-central-1a',
    role: undefined,
    userData: 'old',
    ...overrides,
  };
}

export function health(state: TargetState, reason?: string): TargetHealth {
  return { state, reason, streak: 0, dueAt: 0 };
}

export function member(id: string, overrides: Partial<Member> = {}): Member {
  return {
    instance: instance(id),
    state: 'running',
    machine: undefined,
    startedAt: new Date(),
    healthyAt: undefined,
    targets: new Map([['arn:fleet', health('healthy')]]),
    ...overrides,
  };
}

export function roster(...members: Member[]): Map<string, Member> {
  return new Map(members.map((one) => [one.instance.id, one]));
}

export function world(instances: WantedInstance[], overrides: Partial<World> = {}): World {
  return { vpcs: [], groups: [], instances, targetGroups: [], listeners: [], ...overrides };
}
