import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Instance } from '@aws-sdk/client-ec2';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { releaseTag } from '../stacks/machines.ts';

/** A version of a launch template; both are empty for a machine that was launched without one. */
export interface LaunchTemplate {
  id: string;
  version: string;
}

/** What a deployment is judged by, of one machine. */
export interface FleetMachine {
  id: string;
  /** What it was launched from. */
  template: LaunchTemplate;
  /** State of its target in the target group. */
  health: string;
  /** Why it is not healthy. */
  reason: string | undefined;
  /** True while its group takes it away. */
  leaving: boolean;
}

/** What people want to know of a machine besides. */
export interface MachineDetails {
  /** Its private IPv4 address; empty while it has none. */
  address: string;
  /** Id of the release that it booted with, according to its tag; `unknown` without one. */
  release: string;
  launchedAt: Date;
}

/** A fleet as AWS describes it. */
export interface FleetStatus {
  desired: number;
  machines: FleetMachine[];
}

/** The answers of AWS about a fleet. */
export interface FleetAnswers {
  group: AutoScalingGroup | undefined;
  targets: readonly TargetHealthDescription[];
}

/** Joins what Auto Scaling and the load balancer say about each member of the group. */
export function describeFleet({ group, targets }: FleetAnswers): FleetStatus {
  const healthOf = new Map(targets.map(({ Target, TargetHealth }) => [Target?.Id, TargetHealth]));
  const machines = (group?.Instances ?? []).map(({ InstanceId: id = '', LaunchTemplate, LifecycleState = '' }) => ({
    id,
    template: { id: LaunchTemplate?.LaunchTemplateId ?? '', version: LaunchTemplate?.Version ?? '' },
    health: healthOf.get(id)?.State ?? 'not registered',
    reason: healthOf.get(id)?.Description,
    leaving: /^(?:Terminat|Detach)/.test(LifecycleState),
  }));
  return { desired: group?.DesiredCapacity ?? 0, machines };
}

/** Adds to each machine what EC2 says about it, which knows one that was launched a moment ago by nothing but its id. */
export function withDetails(
  machines: readonly FleetMachine[],
  instances: readonly Instance[],
): (FleetMachine & MachineDetails)[] {
  const instanceOf = new Map(instances.map((instance) => [instance.InstanceId, instance]));
  return machines.map((machine) => ({ ...machine, ...detailsOf(instanceOf.get(machine.id)) }));
}

function detailsOf(instance: Instance | undefined): MachineDetails {
  const { PrivateIpAddress: address = '', LaunchTime: launchedAt = new Date(), Tags = [] } = instance ?? {};
  return { address, release: Tags.find(({ Key }) => Key === releaseTag)?.Value ?? 'unknown', launchedAt };
}
