import test from 'ava';
import type { Clients } from '../../../rehearsal/emulator/clients.ts';
import type { Action, Condition } from '../../../rehearsal/emulator/desired-state.ts';
import { DesiredStateReader } from '../../../rehearsal/emulator/desired-state-reader.ts';
import type { HealthCheck } from '../../../rehearsal/health/check.ts';
import { awsClient } from '../aws-client.ts';
import { healthCheck, instance, loadBalancer, registered, targetGroup } from '../fleet.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const templateTag = (name: string, Value: string) => ({ Key: `aws:ec2launchtemplate:${name}`, Value });

const running = {
  InstanceId: 'i-1',
  State: { Name: 'running' },
  PrivateIpAddress: '10.20.0.5',
  VpcId: 'vpc-1',
  InstanceType: 't3.small',
  ImageId: 'ami-1',
  Placement: { AvailabilityZone: 'eu-central-1a' },
  RootDeviceName: '/dev/xvda',
  SecurityGroups: [{ GroupId: 'sg-default' }],
  Tags: [templateTag('id', 'lt-1'), templateTag('version', '1'), { Key: 'aws:autoscaling:groupName', Value: 'fleet' }],
};
const alone = {
  InstanceId: 'i-3',
  State: { Name: 'pending' },
  VpcId: 'vpc-1',
  SecurityGroups: [{ GroupId: 'sg-default' }],
  IamInstanceProfile: { Arn: 'arn:aws:iam::1:instance-profile/p' },
};
const inDefaultVpc = { InstanceId: 'i-4', State: { Name: 'running' }, VpcId: 'vpc-default' };

const group = {
  AutoScalingGroupName: 'fleet',
  DesiredCapacity: 2,
  HealthCheckGracePeriod: 120,
  HealthCheckType: 'ELB',
  LaunchTemplate: { LaunchTemplateId: 'lt-2', Version: '1' },
};

const template = {
  NetworkInterfaces: [{ Groups: ['sg-machines'] }],
  IamInstanceProfile: { Arn: 'arn:aws:iam::1:instance-profile/p' },
  BlockDeviceMappings: [
    { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 100 } },
    { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20 } },
  ],
};

const checkedGroup = {
  TargetGroupArn: 'arn:fleet',
  TargetGroupName: 'fleet',
  Port: 443,
  Protocol: 'HTTPS',
  HealthCheckProtocol: 'HTTPS',
  HealthCheckPort: 'traffic-port',
  HealthCheckPath: '/health',
  Matcher: { HttpCode: '200-204' },
  HealthCheckIntervalSeconds: 6,
  HealthCheckTimeoutSeconds: 3,
  HealthyThresholdCount: 4,
  UnhealthyThresholdCount: 7,
};

const leastOutstanding = { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' };
const drainSeconds = { Key: 'deregistration_delay.timeout_seconds', Value: '5' };

const balancer = {
  LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/intent-fleet/1',
  AvailabilityZones: [{ SubnetId: 'subnet-1' }],
  SecurityGroups: ['sg-balancer'],
};

const allOut = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const fromBalancer = { IpProtocol: 'tcp', FromPort: 443, ToPort: 444, UserIdGroupPairs: [{ GroupId: 'sg-balancer' }] };
const ping = { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };

/** The answers of an emulated account: an Auto Scaling group behind a load balancer, and an instance by itself. */
const account = {
  DescribeVpcs: { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.20.0.0/16' }] },
  DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-1', CidrBlock: '10.20.0.0/18' }] },
  DescribeSecurityGroups: {
    SecurityGroups: [
      { GroupId: 'sg-machines', IpPermissions: [fromBalancer, ping], IpPermissionsEgress: [allOut] },
      { GroupId: 'sg-none' },
    ],
  },
  DescribeAutoScalingGroups: {
    AutoScalingGroups: [
      group,
      {
        AutoScalingGroupName: 'empty',
        SuspendedProcesses: [{ ProcessName: 'Launch' }, { ProcessName: 'ReplaceUnhealthy' }],
      },
    ],
  },
  DescribeInstances: { Reservations: [{ Instances: [running] }, { Instances: [alone, inDefaultVpc] }] },
  DescribeInstanceTypes: { InstanceTypes: [{ VCpuInfo: { DefaultVCpus: 2 }, MemoryInfo: { SizeInMiB: 2048 } }] },
  DescribeInstanceAttribute: { UserData: { Value: base64('#!/bin/sh\n') } },
  DescribeLaunchTemplateVersions: { LaunchTemplateVersions: [{ VersionNumber: 7, LaunchTemplateData: template }] },
  GetInstanceProfile: { InstanceProfile: { Roles: [{ RoleName: 'fleet-role' }] } },
  DescribeLoadBalancers: { LoadBalancers: [balancer] },
  DescribeLoadBalancerAttributes: { Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '75' }] },
  DescribeListeners: listenerWith({ Type: 'forward', TargetGroupArn: 'arn:fleet' }),
  DescribeRules: { Rules: [] },
  DescribeTargetHealth: { TargetHealthDescriptions: [{ Target: { Id: 'i-1', Port: 443 } }] },
  DescribeTargetGroups: { TargetGroups: [checkedGroup, { HealthCheckPort: '8081' }] },
  DescribeTargetGroupAttributes: { Attributes: [leastOutstanding, drainSeconds] },
};

function listenerWith(action: object) {
  return { Listeners: [{ ListenerArn: 'arn:443', Port: 443, Protocol: 'HTTPS', DefaultActions: [action] }] };
}

/** A reader of the account, of which some answers are others. */
function readerOf(others: Partial<Record<keyof typeof account, unknown>> = {}) {
  const answers = { ...account, ...others };
  const calls: string[] = [];
  const client = awsClient((command) => {
    calls.push(command.replace(/Command$/, ''));
    return answers[calls.at(-1) as keyof typeof answers];
  });
  const clients = { acm: client, autoScaling: client, ec2: client, balancing: client, iam: client } as Clients;
  return { reader: new DesiredStateReader(clients), calls, answers };
}

test('the desired state is what Terraform has built', async (t) => {
  const unknown = { address: '', instanceType: '', imageId: '', zone: '' };
  const thresholds = { intervalSeconds: 6, timeoutSeconds: 3, healthyThreshold: 4, unhealthyThreshold: 7 };
  const defaults = { intervalSeconds: 30, timeoutSeconds: 5, healthyThreshold: 5, unhealthyThreshold: 2 };
  const defaultCheck: HealthCheck = { protocol: 'HTTP', port: 8081, path: '/', codes: '200', ...defaults };
  const everywhere = { cidrs: ['0.0.0.0/0'], groups: [] };
  const action: Action = {
    kind: 'forward',
    targets: [{ targetGroup: 'arn:fleet', weight: 1 }],
    stickySeconds: undefined,
  };
  t.deepEqual(await readerOf().reader.read(), {
    vpcs: ['10.20.0.0/16'],
    groups: [
      {
        name: 'fleet',
        desired: 2,
        graceSeconds: 120,
        checksTargets: true,
        replacesUnhealthy: true,
        launchTemplate: { id: 'lt-2', version: '1' },
      },
      {
        name: 'empty',
        desired: 0,
        graceSeconds: 0,
        checksTargets: false,
        replacesUnhealthy: false,
        launchTemplate: undefined,
      },
    ],
    instances: [
      instance('i-1', { role: 'fleet-role', launchTemplate: { id: 'lt-1', version: '1' }, diskGigabytes: 20 }),
      instance('i-3', {
        ...unknown,
        group: undefined,
        securityGroups: ['sg-default'],
        role: 'fleet-role',
        launchTemplate: undefined,
      }),
    ],
    securityGroups: [
      {
        id: 'sg-machines',
        ingress: [
          { protocol: 'tcp', ports: { from: 443, to: 444 }, peers: { cidrs: [], groups: ['sg-balancer'] } },
          { protocol: 'icmp', ports: undefined, peers: { cidrs: ['10.0.0.0/8'], groups: [] } },
        ],
        egress: [{ protocol: '-1', ports: undefined, peers: everywhere }],
      },
      { id: 'sg-none', ingress: [], egress: [] },
    ],
    loadBalancers: [
      loadBalancer([{ arn: 'arn:443', port: 443, protocol: 'HTTPS', rules: [{ conditions: [], action }] }], {
        idleTimeoutSeconds: 75,
      }),
    ],
    targetGroups: [
      targetGroup('fleet', {
        healthCheck: { ...healthCheck, port: undefined, codes: '200-204', ...thresholds },
        targets: registered('i-1'),
      }),
      targetGroup('', {
        arn: '',
        port: 0,
        protocol: 'HTTP',
        healthCheck: defaultCheck,
        targets: registered('i-1'),
      }),
    ],
  });
});

test("a machine whose launch template says nothing of its root disk has the image's size", async (t) => {
  for (const BlockDeviceMappings of [undefined, [], [{ DeviceName: '/dev/xvda' }], [{ DeviceName: '/dev/sdf' }]]) {
    const LaunchTemplateVersions = [{ VersionNumber: 7, LaunchTemplateData: { BlockDeviceMappings } }];
    const { reader } = readerOf({ DescribeLaunchTemplateVersions: { LaunchTemplateVersions } });
    t.is((await reader.read()).instances[0]?.diskGigabytes, 8);
  }
});

test('user data, launch templates and roles are read once, the rest each time', async (t) => {
  const { reader, calls } = readerOf();
  await reader.read();
  const constants = [
    'DescribeInstanceAttribute',
    'DescribeInstanceTypes',
    'DescribeLaunchTemplateVersions',
    'GetInstanceProfile',
  ];
  const first = calls.splice(0);
  await reader.read();
  t.deepEqual(calls.sort(), first.filter((call) => !constants.includes(call)).sort());
});

test('the latest version of a launch template is resolved each time', async (t) => {
  const LaunchTemplate = { LaunchTemplateId: 'lt-2', Version: '$Latest' };
  const { reader, answers } = readerOf({ DescribeAutoScalingGroups: { AutoScalingGroups: [{ LaunchTemplate }] } });
  const versionOf = async () => (await reader.read()).groups[0]?.launchTemplate;
  t.deepEqual(await versionOf(), { id: 'lt-2', version: '7' });
  answers.DescribeLaunchTemplateVersions = {
    LaunchTemplateVersions: [{ VersionNumber: 8, LaunchTemplateData: template }],
  };
  t.deepEqual(await versionOf(), { id: 'lt-2', version: '8' });
});

test('what could not be read is read again', async (t) => {
  const { reader, answers } = readerOf({ DescribeInstanceAttribute: undefined });
  await t.throwsAsync(reader.read());
  Object.assign(answers, account);
  t.is((await reader.read()).instances[0]?.userData, '#!/bin/sh\n');
});

test('attributes have the defaults of AWS', async (t) => {
  const none = { Attributes: [] };
  const { reader } = readerOf({ DescribeLoadBalancerAttributes: none, DescribeTargetGroupAttributes: none });
  const { loadBalancers, targetGroups } = await reader.read();
  t.is(loadBalancers[0]?.idleTimeoutSeconds, 60);
  t.like(targetGroups[0], { drainSeconds: 300, leastConnections: false, stickySeconds: undefined });
});

async function actionOf(action: object): Promise<Action | undefined> {
  const { reader } = readerOf({ DescribeListeners: listenerWith(action) });
  return (await reader.read()).loadBalancers[0]?.listeners[0]?.rules[0]?.action;
}

test('a listener forwards by weight, redirects or answers itself', async (t) => {
  const weights = Object.entries({ 'arn:a': 9, 'arn:b': 0 });
  const TargetGroups = weights.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  const targets = weights.map(([targetGroup, weight]) => ({ targetGroup, weight }));
  const sticky = { TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 } };
  for (const [config, stickySeconds] of [
    [{}, undefined],
    [sticky, 60],
  ] as const) {
    const action = await actionOf({ Type: 'forward', ForwardConfig: { TargetGroups, ...config } });
    t.deepEqual(action, { kind: 'forward', targets, stickySeconds });
  }
  const unchanged = { protocol: '#{protocol}', port: '#{port}', host: '#{host}', path: '/#{path}', query: '#{query}' };
  t.deepEqual(await actionOf({ Type: 'redirect' }), { kind: 'redirect', statusCode: 301, ...unchanged });
  const replaced = { protocol: 'HTTPS', port: '443', host: 'h', path: '/p', query: 'q' };
  const RedirectConfig = { StatusCode: 'HTTP_302', Protocol: 'HTTPS', Port: '443', Host: 'h', Path: '/p', Query: 'q' };
  t.deepEqual(await actionOf({ Type: 'redirect', RedirectConfig }), { kind: 'redirect', statusCode: 302, ...replaced });
  const FixedResponseConfig = { StatusCode: '404', ContentType: 'text/html', MessageBody: 'none' };
  const answer: Action = { kind: 'fixed-response', statusCode: 404, contentType: 'text/html', body: 'none' };
  t.deepEqual(await actionOf({ Type: 'fixed-response', FixedResponseConfig }), answer);
});

test('other actions are refused', async (t) => {
  await t.throwsAsync(actionOf({ Type: 'authenticate-oidc' }), {
    message: "The rehearsal's balancer has no action authenticate-oidc",
  });
});

test('stickiness of targets is an attribute of their group', async (t) => {
  const sticky = [
    { Key: 'stickiness.enabled', Value: 'true' },
    { Key: 'stickiness.lb_cookie.duration_seconds', Value: '90' },
  ];
  const { reader } = readerOf({ DescribeTargetGroupAttributes: { Attributes: sticky } });
  t.is((await reader.read()).targetGroups[0]?.stickySeconds, 90);
});

test('rules are read by their priority, before the default action', async (t) => {
  const fixed = (code: string) => ({ Type: 'fixed-response', FixedResponseConfig: { StatusCode: code } });
  const conditions = [
    { Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } },
    { Field: 'path-pattern', Values: ['/old'] },
    { Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } },
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Beta', Values: ['on'] } },
    { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } },
    { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'v', Value: '2' }, { Value: 'x' }] } },
    { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } },
  ];
  const Rules = [
    { Priority: '10', Conditions: conditions, Actions: [fixed('410')] },
    { Priority: '9', Conditions: [], Actions: [fixed('409')] },
    { Priority: 'default', IsDefault: true, Actions: [fixed('404')] },
  ];
  const { reader } = readerOf({ DescribeRules: { Rules }, DescribeListeners: listenerWith(fixed('404')) });
  const rules = (await reader.read()).loadBalancers[0]?.listeners[0]?.rules ?? [];
  t.deepEqual(
    rules.map(({ action }) => action.kind === 'fixed-response' && action.statusCode),
    [409, 410, 404],
  );
  const expected: Condition[] = [
    { kind: 'path', values: ['/api/*'] },
    { kind: 'path', values: ['/old'] },
    { kind: 'host', values: ['*.example.com'] },
    { kind: 'header', name: 'X-Beta', values: ['on'] },
    { kind: 'method', values: ['GET'] },
    {
      kind: 'query',
      values: [
        { key: 'v', value: '2' },
        { key: undefined, value: 'x' },
      ],
    },
    { kind: 'source', values: ['10.0.0.0/8'] },
  ];
  t.deepEqual(rules[1]?.conditions, expected);
});
