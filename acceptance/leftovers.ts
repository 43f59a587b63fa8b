import { DeleteAutoScalingGroupCommand, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DeleteAlarmsCommand, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DeleteLaunchTemplateCommand, DescribeLaunchTemplatesCommand } from '@aws-sdk/client-ec2';
import {
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import pRetry from 'p-retry';
import type { Clients } from './clients.ts';
import { removeIdentities } from './leftover-identities.ts';
import { removeNetworks } from './leftover-networks.ts';

/** Removes what carries the prefix, or its tag, without any state; returns what it has removed. Reads one page of each list. */
export async function removeLeftovers(
  clients: Clients,
  prefix: string,
  wait = { retries: 60, minTimeout: 5000 },
): Promise<string[]> {
  const removed = [
    ...(await removeFleets(clients, prefix)),
    ...(await removeBalancers(clients, prefix)),
    ...(await removeAlarms(clients, prefix)),
    ...(await removeIdentities(clients, prefix)),
  ];
  // AWS keeps networks from being removed until the machines and balancers in them are gone, which takes minutes.
  return [...removed, ...(await pRetry(() => removeNetworks(clients, prefix), { ...wait, factor: 1 }))];
}

async function removeFleets({ autoScaling, ec2 }: Clients, prefix: string): Promise<string[]> {
  const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({ MaxRecords: 100 }));
  const groups = AutoScalingGroups.flatMap(({ AutoScalingGroupName: name }) =>
    name?.startsWith(prefix) ? [name] : [],
  );
  for (const AutoScalingGroupName of groups)
    await autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: true }));
  const { LaunchTemplates = [] } = await ec2.send(new DescribeLaunchTemplatesCommand({ MaxResults: 200 }));
  const templates = LaunchTemplates.flatMap(({ LaunchTemplateName: name }) => (name?.startsWith(prefix) ? [name] : []));
  for (const LaunchTemplateName of templates) await ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName }));
  return [...groups, ...templates];
}

async function removeBalancers({ balancing }: Clients, prefix: string): Promise<string[]> {
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand({ PageSize: 400 }));
  const balancers = LoadBalancers.filter(({ LoadBalancerName: name }) => name?.startsWith(prefix));
  for (const { LoadBalancerArn } of balancers) await balancing.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
  const { TargetGroups = [] } = await balancing.send(new DescribeTargetGroupsCommand({ PageSize: 400 }));
  const groups = TargetGroups.filter(({ TargetGroupName: name }) => name?.startsWith(prefix));
  // A listener that still uses a group goes shortly after its balancer.
  for (const { TargetGroupArn } of groups)
    await pRetry(() => balancing.send(new DeleteTargetGroupCommand({ TargetGroupArn })), { retries: 10 });
  return [
    ...balancers.map(({ LoadBalancerName = '' }) => LoadBalancerName),
    ...groups.map(({ TargetGroupName = '' }) => TargetGroupName),
  ];
}

async function removeAlarms({ cloudWatch }: Clients, AlarmNamePrefix: string): Promise<string[]> {
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix }));
  const AlarmNames = MetricAlarms.map(({ AlarmName = '' }) => AlarmName);
  if (AlarmNames.length > 0) await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames }));
  return AlarmNames;
}
