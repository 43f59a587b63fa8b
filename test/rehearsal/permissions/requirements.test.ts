import test from 'ava';
import { requirementsOf } from '../../../rehearsal/permissions/requirements.ts';
import { callOf, type SignedRequest } from '../../../rehearsal/protocols/call.ts';
import { arn, json, query, reader, role, scope, tagging } from './calls.ts';

/** What a request requires: its actions with their resources and condition keys, those of the account shortened. */
async function requirements(request: SignedRequest) {
  const call = callOf(request);
  const found = call && (await requirementsOf(call, scope, reader));
  return found?.map(({ action, resource, context }) => [action, resource.arn, context]);
}

const tags = { 'aws:RequestTag/Stage': 'a', 'aws:TagKeys': ['Stage'] };
const balancer = arn('elasticloadbalancing', 'loadbalancer/app/web/1');
const group = arn('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/fleet');
const iam = (resource: string) => `arn:aws:iam::123456789012:${resource}`;
const template = { 'ec2:LaunchTemplate': arn('ec2', 'launch-template/lt-1'), 'ec2:InstanceType': 't3.small' };
const passing = ['iam:PassRole', role, { 'iam:PassedToService': 'ec2.amazonaws.com' }];

/** What launching from the template requires, in these subnets. */
const launching = (...subnets: string[]) => [
  ['ec2:RunInstances', 'arn:aws:ec2:eu-central-1::image/ami-1', template],
  ...['launch-template/lt-1', 'security-group/sg-1', ...subnets].map((resource) => [
    'ec2:RunInstances',
    arn('ec2', resource),
    template,
  ]),
  ['ec2:RunInstances', arn('ec2', 'instance/*'), { ...template, ...tags }],
  ['ec2:RunInstances', arn('ec2', 'network-interface/*'), template],
  ['ec2:RunInstances', arn('ec2', 'volume/*'), template],
  ['ec2:CreateTags', arn('ec2', 'instance/*'), { ...tags, 'ec2:CreateAction': 'RunInstances' }],
  passing,
];

const aTag = 'Tags.member.1.Key=Stage&Tags.member.1.Value=a';
const inTemplate = 'LaunchTemplate.LaunchTemplateId=lt-1&LaunchTemplate.Version=1';
const groupTag = { ...tags, 'autoscaling:CreateAction': 'CreateAutoScalingGroup' };
const elbTag = (action: string) => ({ ...tags, 'elasticloadbalancing:CreateAction': action });

const queries: Record<string, [service: string, form: string, expected: unknown[][]]> = {
  'what EC2 makes is decided by its tags, and tagging it, too': [
    'ec2',
    `Action=CreateVpc&${tagging('vpc')}`,
    [
      ['ec2:CreateVpc', arn('ec2', 'vpc/*'), tags],
      ['ec2:CreateTags', arn('ec2', 'vpc/*'), { ...tags, 'ec2:CreateAction': 'CreateVpc' }],
    ],
  ],
  'a subnet is made in a network that exists': [
    'ec2',
    'Action=CreateSubnet&VpcId=vpc-1',
    [
      ['ec2:CreateSubnet', arn('ec2', 'vpc/vpc-1'), {}],
      ['ec2:CreateSubnet', arn('ec2', 'subnet/*'), {}],
    ],
  ],
  'a rule is made in a group; the peer needs no permission': [
    'ec2',
    `Action=AuthorizeSecurityGroupIngress&GroupId=sg-1&IpPermissions.1.Groups.1.GroupId=sg-2&${tagging('security-group-rule')}`,
    [
      ['ec2:AuthorizeSecurityGroupIngress', arn('ec2', 'security-group/sg-1'), {}],
      ['ec2:AuthorizeSecurityGroupIngress', arn('ec2', 'security-group-rule/*'), tags],
      [
        'ec2:CreateTags',
        arn('ec2', 'security-group-rule/*'),
        { ...tags, 'ec2:CreateAction': 'AuthorizeSecurityGroupIngress' },
      ],
    ],
  ],
  'rules that change are named inside of the parameters': [
    'ec2',
    'Action=ModifySecurityGroupRules&GroupId=sg-1&SecurityGroupRule.1.SecurityGroupRuleId=sgr-1',
    [
      ['ec2:ModifySecurityGroupRules', arn('ec2', 'security-group/sg-1'), {}],
      ['ec2:ModifySecurityGroupRules', arn('ec2', 'security-group-rule/sgr-1'), {}],
    ],
  ],
  'each resource that gets tags is decided on': [
    'ec2',
    'Action=CreateTags&ResourceId.1=vpc-1&ResourceId.2=subnet-1&Tag.1.Key=Stage&Tag.1.Value=a',
    [
      ['ec2:CreateTags', arn('ec2', 'subnet/subnet-1'), tags],
      ['ec2:CreateTags', arn('ec2', 'vpc/vpc-1'), tags],
    ],
  ],
  'an association stands for its route table and its subnet': [
    'ec2',
    'Action=DisassociateRouteTable&AssociationId=rtbassoc-1',
    [
      ['ec2:DisassociateRouteTable', arn('ec2', 'route-table/rtb-1'), {}],
      ['ec2:DisassociateRouteTable', arn('ec2', 'subnet/subnet-1'), {}],
    ],
  ],
  'a list has no resource': ['ec2', 'Action=DescribeVpcs', [['ec2:DescribeVpcs', '*', {}]]],
  'a list may be of one kind of id': [
    'ec2',
    'Action=DescribeLaunchTemplates&LaunchTemplateId.1=lt-1',
    [['ec2:DescribeLaunchTemplates', '*', {}]],
  ],
  'a machine is launched from what its template and the call name': [
    'ec2',
    `Action=RunInstances&${inTemplate}&SubnetId=subnet-9`,
    launching('subnet/subnet-9'),
  ],
  'a group needs what its machines need, its tags and the role of the service': [
    'autoscaling',
    `Action=CreateAutoScalingGroup&AutoScalingGroupName=fleet&VPCZoneIdentifier=subnet-1,subnet-2&${inTemplate}&${aTag}`,
    [
      ['autoscaling:CreateAutoScalingGroup', group, tags],
      ['autoscaling:CreateOrUpdateTags', group, groupTag],
      [
        'iam:CreateServiceLinkedRole',
        iam('role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'),
        { 'iam:AWSServiceName': 'autoscaling.amazonaws.com' },
      ],
      ...launching('subnet/subnet-1', 'subnet/subnet-2'),
    ],
  ],
  'a group that gets no other template launches nothing new': [
    'autoscaling',
    'Action=UpdateAutoScalingGroup&AutoScalingGroupName=fleet&MaxSize=3',
    [['autoscaling:UpdateAutoScalingGroup', group, {}]],
  ],
  'a machine stands for its group': [
    'autoscaling',
    'Action=TerminateInstanceInAutoScalingGroup&InstanceId=i-1',
    [['autoscaling:TerminateInstanceInAutoScalingGroup', group, {}]],
  ],
  'tags name the group': [
    'autoscaling',
    `Action=CreateOrUpdateTags&${aTag}&Tags.member.1.ResourceId=fleet`,
    [['autoscaling:CreateOrUpdateTags', group, tags]],
  ],
  'a load balancer has its kind in its ARN': [
    'elasticloadbalancing',
    `Action=CreateLoadBalancer&Name=web&${aTag}`,
    [
      ['elasticloadbalancing:CreateLoadBalancer', arn('elasticloadbalancing', 'loadbalancer/app/web/*'), tags],
      [
        'elasticloadbalancing:AddTags',
        arn('elasticloadbalancing', 'loadbalancer/app/web/*'),
        elbTag('CreateLoadBalancer'),
      ],
      [
        'iam:CreateServiceLinkedRole',
        iam('role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing'),
        { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' },
      ],
    ],
  ],
  'a listener is made on a balancer, and its tags are its own': [
    'elasticloadbalancing',
    `Action=CreateListener&LoadBalancerArn=${balancer}&DefaultActions.member.1.TargetGroupArn=${arn('elasticloadbalancing', 'targetgroup/g/1')}&${aTag}`,
    [
      ['elasticloadbalancing:CreateListener', balancer, tags],
      ['elasticloadbalancing:AddTags', arn('elasticloadbalancing', 'listener/app/web/1/*'), elbTag('CreateListener')],
    ],
  ],
  'a tag is given to a listener, which the data does not know for this action': [
    'elasticloadbalancing',
    `Action=AddTags&ResourceArns.member.1=${arn('elasticloadbalancing', 'listener/app/web/1/2')}&${aTag}`,
    [['elasticloadbalancing:AddTags', arn('elasticloadbalancing', 'listener/app/web/1/2'), tags]],
  ],
  'priorities name the rules': [
    'elasticloadbalancing',
    `Action=SetRulePriorities&RulePriorities.member.1.RuleArn=${arn('elasticloadbalancing', 'listener-rule/app/w/1/2/3')}`,
    [['elasticloadbalancing:SetRulePriorities', arn('elasticloadbalancing', 'listener-rule/app/w/1/2/3'), {}]],
  ],
  'a role is created with a path and a boundary': [
    'iam',
    `Action=CreateRole&RoleName=r&Path=/team/&PermissionsBoundary=arn:own&${aTag}`,
    [
      ['iam:CreateRole', iam('role/team/r'), { ...tags, 'iam:PermissionsBoundary': 'arn:own' }],
      ['iam:TagRole', iam('role/team/r'), { ...tags, 'iam:CreateAction': 'CreateRole' }],
    ],
  ],
  'a role that exists has its boundary': [
    'iam',
    'Action=AttachRolePolicy&RoleName=machines&PolicyArn=arn:aws:iam::aws:policy/Some',
    [
      [
        'iam:AttachRolePolicy',
        role,
        { 'iam:PermissionsBoundary': 'arn:boundary', 'iam:PolicyARN': 'arn:aws:iam::aws:policy/Some' },
      ],
    ],
  ],
  'a role in a profile is passed to EC2': [
    'iam',
    'Action=AddRoleToInstanceProfile&RoleName=machines&InstanceProfileName=p',
    [
      ['iam:AddRoleToInstanceProfile', iam('instance-profile/p'), { 'iam:PermissionsBoundary': 'arn:boundary' }],
      passing,
    ],
  ],
  'a role that a call gives to a service is passed to it': [
    'autoscaling',
    `Action=PutLifecycleHook&AutoScalingGroupName=fleet&RoleARN=${role}`,
    [
      ['autoscaling:PutLifecycleHook', group, {}],
      ['iam:PassRole', role, { 'iam:PassedToService': 'autoscaling.amazonaws.com' }],
    ],
  ],
  'each alarm of a list is decided on': [
    'monitoring',
    'Action=DeleteAlarms&AlarmNames.member.1=a&AlarmNames.member.2=b',
    ['a', 'b'].map((name) => ['cloudwatch:DeleteAlarms', arn('cloudwatch', `alarm:${name}`), {}]),
  ],
  'a description of all alarms is about all': [
    'monitoring',
    'Action=DescribeAlarms',
    [['cloudwatch:DescribeAlarms', arn('cloudwatch', 'alarm:*'), {}]],
  ],
  'a topic': ['sns', 'Action=CreateTopic&Name=t', [['sns:CreateTopic', arn('sns', 't'), {}]]],
};

for (const [title, [service, form, expected]] of Object.entries(queries)) {
  test(title, async (t) => t.deepEqual(await requirements(query(service, form)), expected));
}

const calls: Record<string, [request: SignedRequest, expected: unknown[][]]> = {
  'metrics are decided by their namespace': [
    json('monitoring', 'GraniteServiceVersion20100801.PutMetricData', { Namespace: 'Fleet' }),
    [['cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Fleet' }]],
  ],
  'a log group is compared with the end that log streams have': [
    json('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: '/fleet/a', tags: { Stage: 'a' } }),
    [
      ['logs:CreateLogGroup', arn('logs', 'log-group:/fleet/a:log-stream:'), tags],
      [
        'logs:TagResource',
        arn('logs', 'log-group:/fleet/a:log-stream:'),
        { ...tags, 'logs:CreateAction': 'CreateLogGroup' },
      ],
    ],
  ],
  'log events are put into a stream': [
    json('logs', 'Logs_20140328.PutLogEvents', {
      logGroupName: '/fleet/a',
      logStreamName: 's',
      // What a line says is no resource.
      logEvents: [{ timestamp: 1, message: arn('logs', 'log-group:/other:log-stream:s') }],
    }),
    [['logs:PutLogEvents', arn('logs', 'log-group:/fleet/a:log-stream:s'), {}]],
  ],
  'the tags of a log group are asked for by its ARN': [
    json('logs', 'Logs_20140328.ListTagsForResource', { resourceArn: arn('logs', 'log-group:/fleet/a') }),
    [['logs:ListTagsForResource', arn('logs', 'log-group:/fleet/a'), {}]],
  ],
  'a parameter has no slash of its own in its ARN': [
    json('ssm', 'AmazonSSM.GetParameters', { Names: ['/a/b', 'c'] }),
    ['a/b', 'c'].map((name) => ['ssm:GetParameters', arn('ssm', `parameter/${name}`), {}]),
  ],
  'the tags of a parameter': [
    json('ssm', 'AmazonSSM.ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/a/b' }),
    [['ssm:ListTagsForResource', arn('ssm', 'parameter/a/b'), {}]],
  ],
};

for (const [title, [request, expected]] of Object.entries(calls)) {
  test(title, async (t) => t.deepEqual(await requirements(request), expected));
}

test('nothing is known of an action that AWS does not have, or whose resource is not named', async (t) => {
  t.is(await requirements(query('ec2', 'Action=BootEverything')), undefined);
  t.is(await requirements(query('nothing', 'Action=DescribeVpcs')), undefined);
  t.is(await requirements(query('ec2', 'Action=TerminateInstances')), undefined);
  t.is(await requirements(query('autoscaling', 'Action=DeletePolicy&PolicyName=p')), undefined);
});
