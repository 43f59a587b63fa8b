import type { FleetMember } from '../../rehearsal/cloud/member.ts';
import {
  type DesiredInstance,
  type DesiredState,
  type Group,
  type Listener,
  type LoadBalancer,
  nothingDesired,
  type TargetGroup,
} from '../../rehearsal/emulator/desired-state.ts';
import type { HealthCheck } from '../../rehearsal/health/check.ts';
import type { TargetHealth, TargetState } from '../../rehearsal/health/target.ts';

export const ports = { https: 20_001, http: 20_002, others: [20_003] };

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
    stickySeconds: undefined,
    drainSeconds: 5,
    healthCheck,
    targets: [],
    ...overrides,
  };
}

export function instance(id: string, overrides: Partial<DesiredInstance> = {}): DesiredInstance {
  return {
    id,
    group: 'fleet',
    address: '10.20.0.5',
    cidr: '10.20.0.0/16',
    securityGroups: ['sg-machines'],
    instanceType: 't3.small',
    processors: 2,
    memoryMebibytes: 2048,
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
    checksTargets: true,
    replacesUnhealthy: true,
    launchTemplate: templates.new,
    ...overrides,
  };
}

/** A listener with the ARN `arn:<port>` that forwards to target groups by their names. */
export function forwarding(port: number, ...names: string[]): Listener {
  const targets = names.map((name) => ({ targetGroup: `arn:${name}`, weight: 1 }));
  const action = { kind: 'forward', targets, stickySeconds: undefined } as const;
  return { arn: `arn:${port}`, port, protocol: 'HTTPS', rules: [{ conditions: [], action }] };
}

/** A load balancer with these listeners, open to all. */
export function loadBalancer(listeners: Listener[], overrides: Partial<LoadBalancer> = {}): LoadBalancer {
  return {
    id: 'app/intent-fleet/1',
    address: '10.20.63.254',
    securityGroups: ['sg-balancer'],
    idleTimeoutSeconds: 60,
    listeners,
    ...overrides,
  };
}

/** Registers instances on port 443, by their ids. */
export function registered(...ids: string[]) {
  return ids.map((instance) => ({ instance, port: 443 }));
}

/** The Auto Scaling group `fleet` behind a balancer with one target group, and its instances. */
export function desiredFleet(ids: string[], overrides: Partial<DesiredState> = {}): DesiredState {
  return {
    ...nothingDesired,
    groups: [group(ids.length)],
    targetGroups: [targetGroup('fleet', { targets: registered(...ids) })],
    loadBalancers: [loadBalancer([forwarding(443, 'fleet')])],
    instances: ids.map((id, index) => instance(id, { address: `10.20.0.${index + 5}` })),
    ...overrides,
  };
}

/** The health of a target that has passed a check before, unless its state says otherwise. */
export function health(state: TargetState, reason?: string): TargetHealth {
  const hasPassed = state !== 'initial' && state !== 'unused';
  return { state, port: 443, reason, failure: undefined, streak: 0, hasPassed, registeredAt: 0, dueAt: 0 };
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
