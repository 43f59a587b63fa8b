import test from 'ava';
import type { Clients } from '../../acceptance/clients.ts';
import { removeLeftovers } from '../../acceptance/leftovers.ts';
import { awsClient } from '../rehearsal/aws-client.ts';

type Answers = Record<string, object | ((input: Record<string, unknown>) => object)>;

/** Clients of an account that gives these answers, and the calls that change something, each with its input. */
function account(answers: Answers) {
  const changes: [command: string, input: object][] = [];
  const answer = (command: string, input: Record<string, unknown>) => {
    const name = command.replace(/Command$/, '');
    if (!/^(Describe|List)/.test(name)) changes.push([name, input]);
    const given = answers[name] ?? {};
    return typeof given === 'function' ? given(input) : given;
  };
  const names = ['autoScaling', 'balancing', 'cloudWatch', 'ec2', 'iam', 's3'];
  const clients = Object.fromEntries(names.map((name) => [name, awsClient(answer)])) as unknown as Clients;
  return { clients, changes };
}

const once = { retries: 0, minTimeout: 1 };

test('an account without leftovers is left as it is', async (t) => {
  const { clients, changes } = account({});
  t.deepEqual(await removeLeftovers(clients, 'ours', once), []);
  t.deepEqual(changes, []);
});

test('what carries the prefix is removed, and nothing else', async (t) => {
  const { clients, changes } = account({
    DescribeAutoScalingGroups: {
      AutoScalingGroups: [{ AutoScalingGroupName: 'ours-1' }, { AutoScalingGroupName: 'shop' }],
    },
    DescribeLaunchTemplates: {
      LaunchTemplates: [{ LaunchTemplateName: 'ours-2' }, { LaunchTemplateName: 'not-ours' }],
    },
    DescribeLoadBalancers: {
      LoadBalancers: [
        { LoadBalancerName: 'ours', LoadBalancerArn: 'arn:ours' },
        { LoadBalancerName: 'shop', LoadBalancerArn: 'arn:shop' },
      ],
    },
    DescribeTargetGroups: {
      TargetGroups: [
        { TargetGroupName: 'ours-web', TargetGroupArn: 'arn:ours-web' },
        { TargetGroupName: 'shop', TargetGroupArn: 'arn:shop' },
      ],
    },
    DescribeAlarms: { MetricAlarms: [{ AlarmName: 'ours-alarm' }] },
    ListInstanceProfiles: {
      InstanceProfiles: [
        { InstanceProfileName: 'ours-3', Roles: [{ RoleName: 'ours-4' }] },
        { InstanceProfileName: 'shop' },
      ],
    },
    ListRoles: { Roles: [{ RoleName: 'ours-4' }, { RoleName: 'shop' }] },
    ListRolePolicies: { PolicyNames: ['read'] },
    ListBuckets: { Buckets: [{ Name: 'ours-5' }, { Name: 'shop' }] },
    ListObjectsV2: { Contents: [{ Key: 'public' }] },
  });
  const removed = ['ours-1', 'ours-2', 'ours', 'ours-web', 'ours-alarm', 'ours-3', 'ours-4', 'ours-5'];
  t.deepEqual(await removeLeftovers(clients, 'ours', once), removed);
  t.deepEqual(changes, [
    ['DeleteAutoScalingGroup', { AutoScalingGroupName: 'ours-1', ForceDelete: true }],
    ['DeleteLaunchTemplate', { LaunchTemplateName: 'ours-2' }],
    ['DeleteLoadBalancer', { LoadBalancerArn: 'arn:ours' }],
    ['DeleteTargetGroup', { TargetGroupArn: 'arn:ours-web' }],
    ['DeleteAlarms', { AlarmNames: ['ours-alarm'] }],
    ['RemoveRoleFromInstanceProfile', { InstanceProfileName: 'ours-3', RoleName: 'ours-4' }],
    ['DeleteInstanceProfile', { InstanceProfileName: 'ours-3' }],
    ['DeleteRolePolicy', { RoleName: 'ours-4', PolicyName: 'read' }],
    ['DeleteRole', { RoleName: 'ours-4' }],
    ['DeleteObjects', { Bucket: 'ours-5', Delete: { Objects: [{ Key: 'public' }] } }],
    ['DeleteBucket', { Bucket: 'ours-5' }],
  ]);
});

test('a network with the tag is removed with all in it, rules of security groups before the groups', async (t) => {
  const filters: unknown[] = [];
  const { clients, changes } = account({
    DescribeVpcs: (input) => {
      filters.push(input.Filters);
      return { Vpcs: [{ VpcId: 'vpc-1' }] };
    },
    DescribeInternetGateways: { InternetGateways: [{ InternetGatewayId: 'igw-1' }] },
    DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-1' }] },
    DescribeRouteTables: {
      RouteTables: [
        { RouteTableId: 'rtb-main', Associations: [{ Main: true, RouteTableAssociationId: 'rtbassoc-0' }] },
        { RouteTableId: 'rtb-1', Associations: [{ Main: false, RouteTableAssociationId: 'rtbassoc-1' }] },
      ],
    },
    DescribeSecurityGroups: {
      SecurityGroups: [
        { GroupId: 'sg-0', GroupName: 'default' },
        { GroupId: 'sg-1', GroupName: 'ours-web' },
      ],
    },
    DescribeSecurityGroupRules: {
      SecurityGroupRules: [
        { SecurityGroupRuleId: 'sgr-1', IsEgress: true },
        { SecurityGroupRuleId: 'sgr-2', IsEgress: false },
      ],
    },
  });
  t.deepEqual(await removeLeftovers(clients, 'ours', once), ['vpc-1']);
  t.deepEqual(filters, [[{ Name: 'tag:acceptance', Values: ['ours'] }]]);
  t.deepEqual(changes, [
    ['DetachInternetGateway', { InternetGatewayId: 'igw-1', VpcId: 'vpc-1' }],
    ['DeleteInternetGateway', { InternetGatewayId: 'igw-1' }],
    ['DeleteSubnet', { SubnetId: 'subnet-1' }],
    ['DisassociateRouteTable', { AssociationId: 'rtbassoc-1' }],
    ['DeleteRouteTable', { RouteTableId: 'rtb-1' }],
    ['RevokeSecurityGroupEgress', { GroupId: 'sg-1', SecurityGroupRuleIds: ['sgr-1'] }],
    ['RevokeSecurityGroupIngress', { GroupId: 'sg-1', SecurityGroupRuleIds: ['sgr-2'] }],
    ['DeleteSecurityGroup', { GroupId: 'sg-1' }],
    ['DeleteVpc', { VpcId: 'vpc-1' }],
  ]);
});

test('a network that machines still use is tried again', async (t) => {
  let attempts = 0;
  const { clients } = account({
    DescribeVpcs: { Vpcs: [{ VpcId: 'vpc-1' }] },
    DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-1' }] },
    DeleteSubnet: () => {
      attempts += 1;
      if (attempts < 3) throw new Error('DependencyViolation');
      return {};
    },
  });
  t.deepEqual(await removeLeftovers(clients, 'ours', { retries: 5, minTimeout: 1 }), ['vpc-1']);
  t.is(attempts, 3);
});
