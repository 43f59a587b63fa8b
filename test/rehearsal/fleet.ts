import type { FleetMember } from '../../rehearsal/cloud/member.ts';
import {
  type DesiredInstance,
  type DesiredState,
  type Group,
  nothingDesired,
  type TargetGroup,
} from '../../rehearsal/emulator/desired-state.ts';
import type { HealthCheck } from '../../rehearsal/health/check.ts';
import type { TargetHealth, TargetState } from '../../rehearsal/health/target.ts';

export const ports = { api: 20_000, https: 20_001, http: 20_002 };

export const healthCheck: HealthCheck = {
  protocol: 'HTTPS',
  port: 443,
  path: '/health',
  codes: '200',
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

/** Two versions of a launch template. */
export const templates = { old: { id: 'lt-1', version: '1' }, new: { id: 'lt-1', version: '2' } };

/** A target group with the ARN `arn:<name>`. */
export function targetGroup(name: string, overrides: Partial<TargetGroup> = {}): TargetGroup {
  return {
    arn: `arn:${name}`,
    name,
    port: 443,
    protocol: 'HTTPS',
    leastConnections: true,
    drainSeconds: 5,
    healthCheck,
    ...overrides,
  };
}

export function instance(id: string, overrides: Partial<DesiredInstance> = {}): DesiredInstance {
  return {
    id,
    group: 'fleet',
    address: '10.20.0.5',
    cidr: '10.20.0.0/16',
    instanceType: 't3.small',
    imageId: 'ami-1',
    zone: 'eu-central-1a',
    role: undefined,
    launchTemplate: templates.old,
    diskGigabytes: 8,
    userData: '#!/bin/sh\n',
    ...overrides,
  };
}

/** The Auto Scaling group `fleet`, whose next instances are launched from `templates.new`. */
export function group(desired: number, overrides: Partial<Group> = {}): Group {
  return {
    name: 'fleet',
    desired,
    graceSeconds: 30,
    targetGroups: ['arn:fleet'],
    launchTemplate: templates.new,
    ...overrides,
  };
}

/** The Auto Scaling group `fleet` with one target group, and its instances. */
export function desiredFleet(ids: string[], overrides: Partial<DesiredState> = {}): DesiredState {
  return {
    ...nothingDesired,
    groups: [group(ids.length)],
    targetGroups: [targetGroup('fleet')],
    instances: ids.map((id, index) => instance(id, { address: `10.20.0.${index + 5}` })),
    ...overrides,
  };
}

export function health(state: TargetState, reason?: string): TargetHealth {
  return { state, reason, streak: 0, dueAt: 0 };
}

/** A running member, healthy in the target group `fleet`. */
export function member(id: string, overrides: Partial<FleetMember> = {}): FleetMember {
  return {
    instance: instance(id),
    state: 'running',
    machine: undefined,
    startedAt: new Date(0),
    healthyAt: undefined,
    targets: new Map([['arn:fleet', health('healthy')]]),
    ...overrides,
  };
}

export function byId(...members: FleetMember[]): Map<string, FleetMember> {
  return new Map(members.map((one) => [one.instance.id, one]));
}
