import { createServer } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import { findUnrecorded, removeLaunchTemplate } from '../../deployments/unrecorded.ts';
import { type Input, structuresOf, textsOf } from '../../rehearsal/protocols/input.ts';
import { queryProtocol } from '../../rehearsal/protocols/query.ts';
import type { ResourceChange } from '../../terraform/plan.ts';
import { receiveCall } from '../support/receive-call.ts';
import { listen } from '../support/servers.ts';

type Actions = ResourceChange['change']['actions'];

const planned = (type: string, after: Record<string, unknown>, actions: Actions = ['create']): ResourceChange => ({
  address: `${type}.it`,
  type,
  mode: 'managed',
  change: { actions, before: null, after, after_unknown: {} },
});

/** An AWS that has one resource of each kind; its names are `existing`. */
async function aws(t: ExecutionContext) {
  const calls: string[] = [];
  const exists = (input: Input, name: string) => textsOf(input[name])[0] === 'existing';
  const answers: Record<string, (input: Input) => unknown> = {
    DescribeTags: ({ Filter }) => {
      const values = structuresOf(Filter).map(({ Name, Value }) => [Name, textsOf(Value)[0]]);
      const { value, 'resource-type': type } = Object.fromEntries(values);
      const tagSet = value === 'existing' ? `<item><resourceId>${type}-1</resourceId></item>` : '';
      return `<DescribeTagsResponse><tagSet>${tagSet}</tagSet></DescribeTagsResponse>`;
    },
    DescribeLaunchTemplates: (input) =>
      exists(input, 'LaunchTemplateName') &&
      '<DescribeLaunchTemplatesResponse><launchTemplates><item><launchTemplateId>lt-1</launchTemplateId></item></launchTemplates></DescribeLaunchTemplatesResponse>',
    DeleteLaunchTemplate: () => '<DeleteLaunchTemplateResponse/>',
    DescribeRouteTables: () =>
      '<DescribeRouteTablesResponse><routeTableSet><item><routeTableId>rtb-1</routeTableId></item></routeTableSet></DescribeRouteTablesResponse>',
    DescribeLoadBalancers: (input) =>
      exists(input, 'Names') && { LoadBalancers: [{ LoadBalancerArn: 'arn:balancer' }] },
    DescribeTargetGroups: (input) => exists(input, 'Names') && { TargetGroups: [{ TargetGroupArn: 'arn:targets' }] },
    DescribeListeners: () => ({ Listeners: [{ ListenerArn: 'arn:listener', Port: 443 }] }),
    DescribeRules: () => ({
      Rules: [1, 2].map((priority) => ({ RuleArn: `arn:rule-${priority}`, Priority: String(priority) })),
    }),
    GetRole: (input) => exists(input, 'RoleName') && { Role: { RoleName: 'existing' } },
    GetInstanceProfile: (input) =>
      exists(input, 'InstanceProfileName') && { InstanceProfile: { InstanceProfileName: 'existing' } },
    DescribeAutoScalingGroups: (input) =>
      exists(input, 'AutoScalingGroupNames')
        ? { AutoScalingGroups: [{ AutoScalingGroupName: 'existing' }] }
        : { AutoScalingGroups: [] },
  };
  const server = createServer(async (request, response) => {
    if (request.method === 'HEAD') return response.writeHead(/^\/existing\b/.test(request.url ?? '') ? 200 : 404).end();
    const call = await receiveCall(request);
    if (call?.action === 'DescribeLogGroups') {
      calls.push(call.action);
      // A group whose name only begins as the one that is asked for.
      const asked = String(call.input.logGroupNamePrefix);
      const names = ['existing', 'another/one'].filter((name) => name.startsWith(asked));
      return response.end(JSON.stringify({ logGroups: names.map((logGroupName) => ({ logGroupName })) }));
    }
    if (!call) return response.writeHead(400).end();
    calls.push(call.action);
    const answer = answers[call.action]?.(call.input);
    if (!answer)
      return response.writeHead(404).end(queryProtocol.error(call.service, 'NoSuchEntityNotFound', 'missing'));
    return response
      .writeHead(200)
      .end(typeof answer === 'string' ? answer : queryProtocol.answer(call, answer as never));
  });
  return {
    calls,
    access: {
      region: 'eu-central-1',
      endpoint: `http://127.0.0.1:${await listen(t, server)}`,
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    },
  };
}

const byTag = { tags: { Name: 'existing', Stage: 'rehearsal' } };
const byName = { name: 'existing' };

/** What each type is found by, and the id that Terraform imports it by. */
const findable: [type: string, after: Record<string, unknown>, id: string][] = [
  ['aws_vpc', byTag, 'vpc-1'],
  ['aws_internet_gateway', byTag, 'internet-gateway-1'],
  ['aws_subnet', byTag, 'subnet-1'],
  ['aws_route_table', byTag, 'route-table-1'],
  ['aws_security_group', byTag, 'security-group-1'],
  ['aws_vpc_security_group_ingress_rule', byTag, 'security-group-rule-1'],
  ['aws_vpc_security_group_egress_rule', byTag, 'security-group-rule-1'],
  ['aws_launch_template', byName, 'lt-1'],
  ['aws_route_table_association', { subnet_id: 'subnet-1', route_table_id: 'rtb-1' }, 'subnet-1/rtb-1'],
  ['aws_lb', byName, 'arn:balancer'],
  ['aws_lb_target_group', byName, 'arn:targets'],
  ['aws_lb_listener', { load_balancer_arn: 'arn:balancer', port: 443 }, 'arn:listener'],
  ['aws_lb_listener_rule', { listener_arn: 'arn:listener', priority: 2 }, 'arn:rule-2'],
  ['aws_iam_role', byName, 'existing'],
  ['aws_iam_instance_profile', byName, 'existing'],
  ['aws_s3_bucket', { bucket: 'existing' }, 'existing'],
  ['aws_autoscaling_group', byName, 'existing'],
  ['aws_cloudwatch_log_group', byName, 'existing'],
];

for (const [type, after, id] of findable) {
  test(`${type} is found where it exists`, async (t) => {
    const { access } = await aws(t);
    t.deepEqual(await findUnrecorded(access, [planned(type, after)]), [{ address: `${type}.it`, id }]);
  });
}

test('what the second track has is found beside the first', async (t) => {
  const { access } = await aws(t);
  const ofGreen = ['aws_autoscaling_group', 'aws_lb_target_group', 'aws_launch_template'].map((type) => ({
    ...planned(type, byName),
    address: `${type}.green`,
  }));
  t.deepEqual(await findUnrecorded(access, ofGreen), [
    { address: 'aws_autoscaling_group.green', id: 'existing' },
    { address: 'aws_lb_target_group.green', id: 'arn:targets' },
    { address: 'aws_launch_template.green', id: 'lt-1' },
  ]);
});

test('of what is replaced, a launch template is found and can be removed', async (t) => {
  const { access, calls } = await aws(t);
  const changes = findable.map(([type, after]) => planned(type, after, ['create', 'delete']));
  t.deepEqual(await findUnrecorded(access, changes), [
    { address: 'aws_launch_template.it', id: 'lt-1', replacement: true },
  ]);
  calls.splice(0);
  await removeLaunchTemplate(access, 'lt-1');
  t.deepEqual(calls, ['DeleteLaunchTemplate']);
});

test('a launch template is a replacement, too, where the state holds only the old one that was set aside for it', async (t) => {
  const { access } = await aws(t);
  const old = { ...planned('aws_launch_template', byName, ['delete']), deposed: '0a1b2c3d' };
  t.deepEqual(await findUnrecorded(access, [planned('aws_launch_template', byName), old]), [
    { address: 'aws_launch_template.it', id: 'lt-1', replacement: true },
  ]);
});

const other = { name: 'another', bucket: 'another', tags: { Name: 'another' } };
const otherParents = { subnet_id: 'subnet-1', route_table_id: 'rtb-2', load_balancer_arn: 'arn:balancer', port: 80 };

test('what does not exist is not found', async (t) => {
  const { access } = await aws(t);
  const changes = findable.map(([type]) => planned(type, { ...other, ...otherParents }));
  t.deepEqual(await findUnrecorded(access, changes), []);
});

test('what has no name yet or changes in place is not looked for', async (t) => {
  const { access, calls } = await aws(t);
  const changes = [
    ...findable.map(([type]) => planned(type, {})),
    ...findable.map(([type, after]) => planned(type, after, ['update'])),
    planned('aws_iam_role_policy', byName),
  ];
  t.deepEqual(await findUnrecorded(access, changes), []);
  t.deepEqual(calls, []);
});

test('an error of AWS is not taken for a missing resource', async (t) => {
  const server = createServer((_, response) => response.writeHead(403).end());
  const access = {
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${await listen(t, server)}`,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  };
  await t.throwsAsync(findUnrecorded(access, [planned('aws_lb', byName)]));
});
