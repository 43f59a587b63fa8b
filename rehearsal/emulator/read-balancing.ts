import {
  type Action as AwsAction,
  type Listener as AwsListener,
  type TargetGroup as AwsTargetGroup,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Action, Listener, TargetGroup } from './desired-state.ts';

/** Reads the load balancers' listeners and the target groups. */
export async function readBalancing(client: ElasticLoadBalancingV2Client) {
  const [balancers, groups] = await Promise.all([
    client.send(new DescribeLoadBalancersCommand({})),
    client.send(new DescribeTargetGroupsCommand({})),
  ]);
  const arns = (balancers.LoadBalancers ?? []).map((balancer) => balancer.LoadBalancerArn ?? '');
  return {
    listeners: (await Promise.all(arns.map((arn) => listenersOf(client, arn)))).flat(),
    targetGroups: await Promise.all((groups.TargetGroups ?? []).map((group) => targetGroup(client, group))),
  };
}

async function listenersOf(client: ElasticLoadBalancingV2Client, LoadBalancerArn: string): Promise<Listener[]> {
  const [{ Listeners = [] }, { Attributes = [] }] = await Promise.all([
    client.send(new DescribeListenersCommand({ LoadBalancerArn })),
    client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
  ]);
  const idle = Attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value;
  return Listeners.map((found) => listener(found, Number(idle ?? 60)));
}

function listener({ Port = 0, Protocol, DefaultActions = [] }: AwsListener, idleTimeoutSeconds: number): Listener {
  const [first] = DefaultActions;
  if (!first) throw new Error(`The listener on ${Port} has no default action`);
  return { port: Port, protocol: Protocol === 'HTTPS' ? 'HTTPS' : 'HTTP', idleTimeoutSeconds, action: action(first) };
}

function action(found: AwsAction): Action {
  if (found.Type === 'redirect') return redirect(found);
  if (found.Type === 'fixed-response') return fixedResponse(found);
  if (found.Type === 'forward') return { kind: 'forward', targets: forwardTargets(found) };
  throw new Error(`The rehearsal's balancer has no ${found.Type} action`);
}

function redirect({ RedirectConfig: to }: AwsAction): Action {
  return {
    kind: 'redirect',
    statusCode: to?.StatusCode === 'HTTP_302' ? 302 : 301,
    protocol: to?.Protocol ?? '#{protocol}',
    port: to?.Port ?? '#{port}',
    host: to?.Host ?? '#{host}',
    path: to?.Path ?? '/#{path}',
    query: to?.Query ?? '#{query}',
  };
}

function fixedResponse({ FixedResponseConfig: answer }: AwsAction): Action {
  return {
    kind: 'fixed-response',
    statusCode: Number(answer?.StatusCode ?? 200),
    contentType: answer?.ContentType ?? 'text/plain',
    body: answer?.MessageBody ?? '',
  };
}

function forwardTargets({ ForwardConfig, TargetGroupArn }: AwsAction) {
  const weighted = ForwardConfig?.TargetGroups ?? [];
  if (weighted.length === 0) return [{ targetGroup: TargetGroupArn ?? '', weight: 1 }];
  return weighted.map((target) => ({ targetGroup: target.TargetGroupArn ?? '', weight: target.Weight ?? 1 }));
}

async function targetGroup(client: ElasticLoadBalancingV2Client, group: AwsTargetGroup): Promise<TargetGroup> {
  const command = new DescribeTargetGroupAttributesCommand({ TargetGroupArn: group.TargetGroupArn });
  const { Attributes = [] } = await client.send(command);
  const attributes = new Map(Attributes.map(({ Key, Value }) => [Key, Value]));
  return {
    arn: group.TargetGroupArn ?? '',
    name: group.TargetGroupName ?? '',
    port: group.Port ?? 0,
    protocol: group.Protocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
    leastConnections: attributes.get('load_balancing.algorithm.type') === 'least_outstanding_requests',
    drainSeconds: Number(attributes.get('deregistration_delay.timeout_seconds') ?? 300),
    healthCheck: {
      protocol: group.HealthCheckProtocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
      port: group.HealthCheckPort === 'traffic-port' ? (group.Port ?? 0) : Number(group.HealthCheckPort),
      path: group.HealthCheckPath ?? '/',
      codes: group.Matcher?.HttpCode ?? '200',
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    },
  };
}
