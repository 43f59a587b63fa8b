import test from 'ava';
import type { Clients } from '../../../rehearsal/emulator/clients.ts';
import type { Action } from '../../../rehearsal/emulator/desired-state.ts';
import { DesiredStateReader } from '../../../rehearsal/emulator/desired-state-reader.ts';
import type { HealthCheck } from '../../../rehearsal/health/check.ts';
import { awsClient } from '../aws-client.ts';
import { healthCheck, instance, targetGroup } from '../fleet.ts';

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
  Tags: [templateTag('id', 'lt-1'), templateTag('version', '1')],
};
const terminated = { InstanceId: 'i-2', State: { Name: 'terminated' } };
const pending = { InstanceId: 'i-3', State: { Name: 'pending' } };

const group = {
  AutoScalingGroupName: 'fleet',
  DesiredCapacity: 2,
  HealthCheckGracePeriod: 120,
  TargetGroupARNs: ['arn:fleet'],
  LaunchTemplate: { LaunchTemplateId: 'lt-2', Version: '1' },
  Instances: [running, terminated, pending].map(({ InstanceId }) => ({ InstanceId })),
};

const template = {
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

/** The answers of an emulated account: one Auto Scaling group with three instances, behind one load balancer. */
const account = {
  DescribeVpcs: { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.20.0.0/16' }] },
  DescribeAutoScalingGroups: { AutoScalingGroups: [group, { AutoScalingGroupName: 'empty' }] },
  DescribeInstances: { Reservations: [{ Instances: [running, terminated] }, { Instances: [pending] }] },
  DescribeInstanceAttribute: { UserData: { Value: base64('#!/bin/sh\n') } },
  DescribeLaunchTemplateVersions: { LaunchTemplateVersions: [{ VersionNumber: 7, LaunchTemplateData: template }] },
  GetInstanceProfile: { InstanceProfile: { Roles: [{ RoleName: 'fleet-role' }] } },
  DescribeLoadBalancers: { LoadBalancers: [{ LoadBalancerArn: 'arn:balancer' }] },
  DescribeLoadBalancerAttributes: { Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '75' }] },
  DescribeListeners: listenerWith({ Type: 'forward', TargetGroupArn: 'arn:fleet' }),
  DescribeTargetGroups: { TargetGroups: [checkedGroup, { HealthCheckPort: '8081' }] },
  DescribeTargetGroupAttributes: { Attributes: [leastOutstanding, drainSeconds] },
};

function listenerWith(action: object) {
  return { Listeners: [{ Port: 443, Protocol: 'HTTPS', DefaultActions: [action] }] };
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
  const unknown = { address: '', cidr: '', instanceType: '', imageId: '', zone: '' };
  const thresholds = { intervalSeconds: 6, timeoutSeconds: 3, healthyThreshold: 4, unhealthyThreshold: 7 };
  const defaults = { intervalSeconds: 30, timeoutSeconds: 5, healthyThreshold: 5, unhealthyThreshold: 2 };
  const defaultCheck: HealthCheck = { protocol: 'HTTP', port: 8081, path: '/', codes: '200', ...defaults };
  const action: Action = { kind: 'forward', targets: [{ targetGroup: 'arn:fleet', weight: 1 }] };
  t.deepEqual(await readerOf().reader.read(), {
    vpcs: ['10.20.0.0/16'],
    groups: [
      {
        name: 'fleet',
        desired: 2,
        graceSeconds: 120,
        targetGroups: ['arn:fleet'],
        launchTemplate: { id: 'lt-2', version: '1' },
      },
      { name: 'empty', desired: 0, graceSeconds: 0, targetGroups: [], launchTemplate: undefined },
    ],
    instances: [
      instance('i-1', { role: 'fleet-role', launchTemplate: { id: 'lt-1', version: '1' }, diskGigabytes: 20 }),
      instance('i-3', { ...unknown, launchTemplate: undefined }),
    ],
    listeners: [{ port: 443, protocol: 'HTTPS', idleTimeoutSeconds: 75, action }],
    targetGroups: [
      targetGroup('fleet', { healthCheck: { ...healthCheck, codes: '200-204', ...thresholds } }),
      targetGroup('', { arn: '', port: 0, protocol: 'HTTP', healthCheck: defaultCheck }),
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
  const constants = ['DescribeInstanceAttribute', 'DescribeLaunchTemplateVersions', 'GetInstanceProfile'];
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

test('what instances were launched from is read by their ids, without those of no launch template', async (t) => {
  const { reader } = readerOf();
  const templates = await reader.launchTemplates(['i-1', 'i-3']);
  t.deepEqual(templates, new Map([['i-1', { id: 'lt-1', version: '1' }]]));
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
  const { listeners, targetGroups } = await reader.read();
  t.is(listeners[0]?.idleTimeoutSeconds, 60);
  t.like(targetGroups[0], { drainSeconds: 300, leastConnections: false });
});

async function actionOf(action: object): Promise<Action | undefined> {
  const { reader } = readerOf({ DescribeListeners: listenerWith(action) });
  return (await reader.read()).listeners[0]?.action;
}

test('a listener forwards by weight, redirects or answers itself', async (t) => {
  const weights = Object.entries({ 'arn:a': 9, 'arn:b': 0 });
  const TargetGroups = weights.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  const targets = weights.map(([targetGroup, weight]) => ({ targetGroup, weight }));
  t.deepEqual(await actionOf({ Type: 'forward', ForwardConfig: { TargetGroups } }), { kind: 'forward', targets });
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
    message: "The rehearsal's balancer has no authenticate-oidc action",
  });
});
