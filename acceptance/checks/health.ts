import { AttachTrafficSourcesCommand, DetachTrafficSourcesCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeSecurityGroupRulesCommand, ModifySecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import { ModifyTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Check } from '../check.ts';
import type { Environment } from '../environment.ts';
import { until } from '../until.ts';

const isUnhealthy = (health: string) => health.startsWith('unhealthy');

// Longer than all health checks that the thresholds want.
const wait = { seconds: 60 };

async function failOpen(environment: Environment): Promise<string> {
  const { balancing } = environment.clients;
  const TargetGroupArn = environment.outputs.target_groups.web;
  const check = (HealthCheckPath: string) =>
    balancing.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath }));
  return environment.keepingUnhealthy(async () => {
    await check('/missing');
    const health = await until(() => environment.health('web'), isUnhealthy, wait);
    const { status } = await environment.ask('/');
    await check('/health');
    const after = await until(
      () => environment.health('web'),
      (state) => state === 'healthy',
      wait,
    );
    return `${health}: ${status}, then ${after}`;
  });
}

async function withoutRule(environment: Environment): Promise<string> {
  const { ec2 } = environment.clients;
  const GroupId = environment.outputs.machines_security_group;
  const filter = { Filters: [{ Name: 'group-id', Values: [GroupId] }] };
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand(filter));
  const rule = SecurityGroupRules.find(({ FromPort, IsEgress }) => FromPort === 8080 && !IsEgress);
  const SecurityGroupRuleId = rule?.SecurityGroupRuleId ?? '';
  const ReferencedGroupId = rule?.ReferencedGroupInfo?.GroupId;
  // A rule that is revoked and authorized again has another id, which Terraform's state does not know.
  const open = (port: number) => {
    const SecurityGroupRule = { IpProtocol: 'tcp', FromPort: port, ToPort: port, ReferencedGroupId };
    const SecurityGroupRules = [{ SecurityGroupRuleId, SecurityGroupRule }];
    return ec2.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules }));
  };
  return environment.keepingUnhealthy(async () => {
    await open(9);
    const health = await until(() => environment.health('second'), isUnhealthy, wait);
    await open(8080);
    await until(
      () => environment.health('second'),
      (state) => state === 'healthy',
      wait,
    );
    return health;
  });
}

async function detached(environment: Environment): Promise<string> {
  const { autoScaling } = environment.clients;
  const TrafficSources = [{ Identifier: environment.outputs.target_groups.web, Type: 'elbv2' }];
  const sources = { AutoScalingGroupName: environment.outputs.group, TrafficSources };
  const underWay = environment.ask('/slow/4');
  const newRequest = async () => (await environment.ask('/')).status;
  await autoScaling.send(new DetachTrafficSourcesCommand(sources));
  const draining = await until(
    () => environment.health('web'),
    (state) => state.startsWith('draining'),
    wait,
  );
  const refused = await until(newRequest, (status) => status === 503, wait);
  const { status } = await underWay;
  await autoScaling.send(new AttachTrafficSourcesCommand(sources));
  const accepted = await until(newRequest, (status) => status === 200, wait);
  await environment.untilHealthy(2);
  return `${draining}: ${status} under way, ${refused} for a new request; ${accepted} when attached again`;
}

/** Which targets get requests. */
export const healthChecks: Check[] = [
  {
    name: 'health checks fail on all targets',
    expected: 'unhealthy Target.ResponseCodeMismatch: 200, then healthy',
    page: 'Health checks for Application Load Balancer target groups',
    observe: failOpen,
  },
  {
    name: 'the security group of the machines lets nobody in',
    expected: 'unhealthy Target.Timeout',
    page: 'Health checks for Application Load Balancer target groups',
    observe: withoutRule,
  },
  {
    name: 'a target group is detached from the group, and attached again',
    expected: 'draining Target.DeregistrationInProgress: 200 under way, 503 for a new request; 200 when attached again',
    page: 'Register targets with your Application Load Balancer target group',
    observe: detached,
  },
];
