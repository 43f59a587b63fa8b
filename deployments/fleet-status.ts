import type { AutoScalingGroup, InstanceRefresh as Refresh } from '@aws-sdk/client-auto-scaling';
import type { Instance } from '@aws-sdk/client-ec2';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { releaseTag } from '../stacks/machines.ts';
import type { Outputs } from '../stacks/outputs.ts';

/** A version of a launch template; both are empty for a machine that was launched without one. */
export interface LaunchTemplate {
  id: string;
  version: string;
}

/** The launch template that every machine of a deployment is to be launched from; undefined in a state of an earlier version. */
export function deployedTemplate(outputs: Outputs): LaunchTemplate | undefined {
  const { launch_template_id: id, launch_template_version: version } = outputs;
  return id && version ? { id, version } : undefined;
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
}

/** What people want to know of a machine besides. */
export interface MachineDetails {
  /** Its private IPv4 address; empty while it has none. */
  address: string;
  /** Id of the release that it booted with, according to its tag; `unknown` without one. */
  release: string;
  launchedAt: Date;
}

/** The last instance refresh of a group. */
interface InstanceRefresh {
  status: string;
  percentage: number;
  reason: string | undefined;
}

/** A fleet as AWS describes it. */
export interface FleetStatus {
  desired: number;
  machines: FleetMachine[];
  refresh: InstanceRefresh | undefined;
}

/** The answers of AWS about a fleet. */
export interface FleetAnswers {
  group: AutoScalingGroup | undefined;
  refresh: Refresh | undefined;
  targets: readonly TargetHealthDescription[];
}

/** Joins what Auto Scaling and the load balancer say about each member of the group. */
export function describeFleet({ group, refresh, targets }: FleetAnswers): FleetStatus {
  const healthOf = new Map(targets.map(({ Target, TargetHealth }) => [Target?.Id, TargetHealth]));
  const machines = (group?.Instances ?? []).map(({ InstanceId: id = '', LaunchTemplate }) => ({
    id,
    template: { id: LaunchTemplate?.LaunchTemplateId ?? '', version: LaunchTemplate?.Version ?? '' },
    health: healthOf.get(id)?.State ?? 'not registered',
    reason: healthOf.get(id)?.Description,
  }));
  return { desired: group?.DesiredCapacity ?? 0, machines, refresh: refresh && refreshOf(refresh) };
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

function refreshOf({ Status, PercentageComplete: percentage = 0, StatusReason: reason }: Refresh): InstanceRefresh {
  return { status: Status ?? '', percentage, reason };
}
