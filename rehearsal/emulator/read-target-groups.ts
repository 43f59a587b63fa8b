import {
  type TargetGroup as AwsTargetGroup,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { HealthCheck } from '../health/check.ts';
import type { RegisteredTarget, TargetGroup } from './desired-state.ts';

/** Reads the target groups, with the targets that are registered. */
export async function readTargetGroups(client: ElasticLoadBalancingV2Client): Promise<TargetGroup[]> {
  const { TargetGroups: groups = [] } = await client.send(new DescribeTargetGroupsCommand({}));
  return Promise.all(groups.map((group) => targetGroup(client, group)));
}

async function targetGroup(client: ElasticLoadBalancingV2Client, group: AwsTargetGroup): Promise<TargetGroup> {
  const [attributes, targets] = await Promise.all([attributesOf(client, group), registeredTargets(client, group)]);
  const isSticky = attributes.get('stickiness.enabled') === 'true';
  return {
    arn: group.TargetGroupArn ?? '',
    name: group.TargetGroupName ?? '',
    port: group.Port ?? 0,
    protocol: group.Protocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
    leastConnections: attributes.get('load_balancing.algorithm.type') === 'least_outstanding_requests',
    stickySeconds: isSticky ? Number(attributes.get('stickiness.lb_cookie.duration_seconds') ?? 86_400) : undefined,
    drainSeconds: Number(attributes.get('deregistration_delay.timeout_seconds') ?? 300),
    healthCheck: healthCheckOf(group),
    targets,
  };
}

function healthCheckOf(group: AwsTargetGroup): HealthCheck {
  return {
    protocol: group.HealthCheckProtocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
    port: group.HealthCheckPort === 'traffic-port' ? undefined : Number(group.HealthCheckPort),
    path: group.HealthCheckPath ?? '/',
    codes: group.Matcher?.HttpCode ?? '200',
    intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
    timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
    healthyThreshold: group.HealthyThresholdCount ?? 5,
    unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
  };
}

async function attributesOf(client: ElasticLoadBalancingV2Client, { TargetGroupArn }: AwsTargetGroup) {
  const { Attributes = [] } = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  return new Map(Attributes.map(({ Key, Value }) => [Key, Value]));
}

/** Reads the targets that are registered in a target group; the health that the emulator tells is always the same. */
export async function registeredTargets(
  client: ElasticLoadBalancingV2Client,
  { TargetGroupArn, Port = 0 }: Pick<AwsTargetGroup, 'TargetGroupArn' | 'Port'>,
): Promise<RegisteredTarget[]> {
  const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.map(({ Target }) => ({ instance: Target?.Id ?? '', port: Target?.Port ?? Port }));
}
