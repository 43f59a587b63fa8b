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
  address: string;
  /** First 16 digits of the release's checksum. */
  release: string;
  health: string;
  /** Why it is not healthy. */
  reason: string | undefined;
  launchedAt: Date;
}

/** A fleet as AWS describes it. */
export interface FleetStatus {
  desired: number;
  machines: FleetMachine[];
  refresh: { status: string; percentage: number; reason: string | undefined } | undefined;
}

/** Asks AWS, or the rehearsal in its place, for the fleet and its machines. */
export async function fleetStatus(access: Access, outputs: Outputs): Promise<FleetStatus> {
  const configuration = clientConfiguration(access);
  const autoScaling = new AutoScalingClient(configuration);
  const names = { AutoScalingGroupName: outputs.auto_scaling_group };
  const [{ AutoScalingGroups = [] }, { InstanceRefreshes = [] }, health] = await Promise.all([
    autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [outputs.auto_scaling_group] })),
    autoScaling.send(new DescribeInstanceRefreshesCommand({ ...names, MaxRecords: 1 })),
    targetHealth(new ElasticLoadBalancingV2Client(configuration), outputs.target_group),
  ]);
  const [group] = AutoScalingGroups;
  const [refresh] = InstanceRefreshes;
  const ids = (group?.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
  return {
    desired: group?.DesiredCapacity ?? 0,
    machines: await machines(new EC2Client(configuration), ids, health),
    refresh: refresh && {
      status: refresh.Status ?? '',
      percentage: refresh.PercentageComplete ?? 0,
      reason: refresh.StatusReason,
    },
  };
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

async function machines(client: EC2Client, ids: string[], health: Health): Promise<FleetMachine[]> {
  if (ids.length === 0) return [];
  // By a filter: an instance that was launched a moment ago may not be known everywhere, and by its id that is an error.
  const command = new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: ids }] });
  const { Reservations = [] } = await client.send(command);
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  return Promise.all(
    instances.map(async ({ InstanceId: id = '', PrivateIpAddress = '', LaunchTime = new Date(0) }) => ({
      id,
      address: PrivateIpAddress,
      release: await releaseOf(client, id),
      health: health.get(id)?.state ?? 'not registered',
      reason: health.get(id)?.reason,
      launchedAt: LaunchTime,
    })),
  );
}

// The address that a machine fetches its release from is in its user data.
async function releaseOf(client: EC2Client, InstanceId: string): Promise<string> {
  const command = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' });
  const { UserData } = await client.send(command);
  const script = Buffer.from(UserData?.Value ?? '', 'base64').toString();
  return releaseIdIn(script) ?? 'unknown';
}
