import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstanceAttributeCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { releaseIdIn } from '../common/release-id.ts';
import type { Outputs } from '../stacks/outputs.ts';
import { type Access, clientConfiguration } from './access.ts';

/** One machine of a fleet. */
export interface FleetMachine {
  id: string;
  /** Its private IPv4 address. */
  address: string;
  /** Id of the release that it booted with; `unknown` where its user data names none. */
  release: string;
  /** State of its target in the target group. */
  health: string;
  /** Why it is not healthy. */
  reason: string | undefined;
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

/** Reads the fleet and its machines from AWS or the rehearsal. */
export async function fleetStatus(access: Access, outputs: Outputs): Promise<FleetStatus> {
  const configuration = clientConfiguration(access);
  const autoScaling = new AutoScalingClient(configuration);
  const AutoScalingGroupName = outputs.auto_scaling_group;
  const [{ AutoScalingGroups = [] }, refresh, health] = await Promise.all([
    autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [AutoScalingGroupName] })),
    lastRefresh(autoScaling, AutoScalingGroupName),
    targetHealth(new ElasticLoadBalancingV2Client(configuration), outputs.target_group),
  ]);
  const [group] = AutoScalingGroups;
  const ids = (group?.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
  const machines = await describeMachines(new EC2Client(configuration), ids, health);
  return { desired: group?.DesiredCapacity ?? 0, machines, refresh };
}

async function lastRefresh(
  client: AutoScalingClient,
  AutoScalingGroupName: string,
): Promise<InstanceRefresh | undefined> {
  const command = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName, MaxRecords: 1 });
  const [refresh] = (await client.send(command)).InstanceRefreshes ?? [];
  if (!refresh) return undefined;
  const { Status: status = '', PercentageComplete: percentage = 0, StatusReason: reason } = refresh;
  return { status, percentage, reason };
}

type Health = Map<string, { state: string; reason: string | undefined }>;

async function targetHealth(client: ElasticLoadBalancingV2Client, TargetGroupArn: string): Promise<Health> {
  const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return new Map(
    TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
      Target?.Id ?? '',
      { state: TargetHealth?.State ?? '', reason: TargetHealth?.Description },
    ]),
  );
}

async function describeMachines(client: EC2Client, ids: string[], health: Health): Promise<FleetMachine[]> {
  if (ids.length === 0) return [];
  // By a filter: EC2 refuses the id of an instance that was launched a moment ago, and a filter omits it.
  const command = new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: ids }] });
  const { Reservations = [] } = await client.send(command);
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  return Promise.all(
    instances.map(async ({ InstanceId: id = '', PrivateIpAddress = '', LaunchTime = new Date(0) }) => ({
      id,
      address: PrivateIpAddress,
      release: await releaseIdOfInstance(client, id),
      health: health.get(id)?.state ?? 'not registered',
      reason: health.get(id)?.reason,
      launchedAt: LaunchTime,
    })),
  );
}

async function releaseIdOfInstance(client: EC2Client, InstanceId: string): Promise<string> {
  const command = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' });
  const { UserData } = await client.send(command);
  const script = Buffer.from(UserData?.Value ?? '', 'base64').toString();
  return releaseIdIn(script) ?? 'unknown';
}
