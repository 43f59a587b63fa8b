import {
  AttachTrafficSourcesCommand,
  type AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeletePolicyCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  DescribePoliciesCommand,
  DescribeTrafficSourcesCommand,
  DetachTrafficSourcesCommand,
  PutLifecycleHookCommand,
  PutScalingPolicyCommand,
  type PutScalingPolicyCommandInput,
  SetInstanceHealthCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import test, { type ExecutionContext } from 'ava';
import { debianImage } from '../../../rehearsal/emulator/images.ts';
import { combineAmendments } from '../../../rehearsal/gateway/combine.ts';
import { instanceHealthAmendments } from '../../../rehearsal/gateway/instance-health.ts';
import { ScalingSettings } from '../../../rehearsal/gateway/scaling-settings.ts';
import { trafficSourceAmendments, trafficSourceRewrites } from '../../../rehearsal/gateway/traffic-sources.ts';
import { emulated } from './emulated.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const group = { AutoScalingGroupName: 'web & more' };

type Emulated = Awaited<ReturnType<typeof emulated>>;

async function describeGroup({ autoScaling }: Emulated) {
  const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group.AutoScalingGroupName] });
  const [found] = (await autoScaling.send(command)).AutoScalingGroups ?? [];
  if (!found) throw new Error('The group is not described');
  return found;
}

async function createTargetGroup({ balancing, ec2 }: Emulated, Name: string): Promise<string> {
  const VpcId = (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.[0]?.VpcId;
  const command = new CreateTargetGroupCommand({ Name, Protocol: 'HTTP', Port: 80, VpcId });
  return (await balancing.send(command)).TargetGroups?.[0]?.TargetGroupArn ?? '';
}

const sources = (...identifiers: string[]) => identifiers.map((Identifier) => ({ Identifier, Type: 'elbv2' }));

const template = { LaunchTemplateName: 'web' };

async function createTemplate({ ec2 }: Emulated): Promise<void> {
  const data = (text: string) => ({
    ...template,
    LaunchTemplateData: { ImageId: debianImage.ami_id, InstanceType: 't3.micro' as const, UserData: base64(text) },
  });
  const TagSpecifications = [{ ResourceType: 'launch-template' as const, Tags: [{ Key: 'team', Value: 'web' }] }];
  await ec2.send(new CreateLaunchTemplateCommand({ ...data('first'), TagSpecifications }));
  await ec2.send(new CreateLaunchTemplateVersionCommand(data('second')));
}

async function tagsOfTemplatesAreTheirOwn(t: ExecutionContext, { ec2 }: Emulated): Promise<void> {
  const { LaunchTemplates } = await ec2.send(new DescribeLaunchTemplatesCommand({}));
  t.deepEqual(LaunchTemplates?.[0]?.Tags, [{ Key: 'team', Value: 'web' }]);
  const { LaunchTemplateVersions } = await ec2.send(new DescribeLaunchTemplateVersionsCommand(template));
  t.deepEqual(
    LaunchTemplateVersions?.map(({ LaunchTemplateData }) => LaunchTemplateData?.TagSpecifications ?? []),
    [[], []],
  );
}

const maintenance = { MinHealthyPercentage: 90, MaxHealthyPercentage: 120 };

async function settingsAreKept(t: ExecutionContext, aws: Emulated, targetGroup: string): Promise<void> {
  const created = await describeGroup(aws);
  t.deepEqual(created.TargetGroupARNs, [targetGroup]);
  t.deepEqual(created.TrafficSources, sources(targetGroup));
  const kept = { MaxInstanceLifetime: 86_400, InstanceMaintenancePolicy: maintenance };
  t.like(created, { ...kept, DefaultInstanceWarmup: 45, DefaultCooldown: 10, TerminationPolicies: ['Default'] });
  const changes = { DefaultCooldown: 20, TerminationPolicies: ['OldestInstance', 'Default'] };
  await aws.autoScaling.send(new UpdateAutoScalingGroupCommand({ ...group, ...changes, DefaultInstanceWarmup: -1 }));
  const updated = await describeGroup(aws);
  t.like(updated, { ...kept, ...changes });
  t.is(updated.DefaultInstanceWarmup, undefined);
}

async function launchesFromItsVersion(t: ExecutionContext, { ec2 }: Emulated, InstanceId: string): Promise<void> {
  const attribute = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' });
  t.is((await ec2.send(attribute)).UserData?.Value, base64('second'));
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }));
  const tags = Reservations?.[0]?.Instances?.[0]?.Tags ?? [];
  t.is(tags.find(({ Key }) => Key === 'aws:ec2launchtemplate:version')?.Value, '2');
}

async function trafficSourcesAreTargetGroups(t: ExecutionContext, aws: Emulated, one: string): Promise<void> {
  const { autoScaling } = aws;
  const two = await createTargetGroup(aws, 'two');
  await autoScaling.send(new AttachTrafficSourcesCommand({ ...group, TrafficSources: sources(two) }));
  t.deepEqual((await autoScaling.send(new DescribeTrafficSourcesCommand(group))).TrafficSources, [
    { Identifier: one, Type: 'elbv2', State: 'Added' },
    { Identifier: two, Type: 'elbv2', State: 'Added' },
  ]);
  await autoScaling.send(new DetachTrafficSourcesCommand({ ...group, TrafficSources: sources(one) }));
  t.deepEqual((await describeGroup(aws)).TrafficSources, sources(two));
  await autoScaling.send(new DetachTrafficSourcesCommand({ ...group, TrafficSources: sources(two) }));
  t.deepEqual((await autoScaling.send(new DescribeTrafficSourcesCommand(group))).TrafficSources, []);
  const lattice = [{ Identifier: 'arn:lattice', Type: 'vpc-lattice' }];
  await t.throwsAsync(autoScaling.send(new AttachTrafficSourcesCommand({ ...group, TrafficSources: lattice })), {
    name: 'ValidationError',
    message: 'The rehearsal has no traffic sources of the type vpc-lattice',
  });
}

async function policiesAndHooksAreKept(t: ExecutionContext, { autoScaling }: Emulated): Promise<void> {
  const StepAdjustments = [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }];
  const policy = { ...group, PolicyType: 'StepScaling', AdjustmentType: 'ChangeInCapacity', StepAdjustments };
  await autoScaling.send(new PutScalingPolicyCommand({ ...policy, PolicyName: 'up' }));
  await autoScaling.send(new PutScalingPolicyCommand({ ...policy, PolicyName: 'off', Enabled: false }));
  const { ScalingPolicies = [] } = await autoScaling.send(new DescribePoliciesCommand(group));
  const enabled = ScalingPolicies.map(({ PolicyName, Enabled }) => [PolicyName, Enabled]);
  t.deepEqual(Object.fromEntries(enabled), { up: true, off: false });
  t.is(ScalingPolicies[0]?.PredictiveScalingConfiguration, undefined);
  await policiesAreOfTheirGroups(t, autoScaling, policy);

  const hook = { ...group, LifecycleHookName: 'drain', LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' };
  await autoScaling.send(new PutLifecycleHookCommand({ ...hook, NotificationMetadata: 'a < b' }));
  const { LifecycleHooks: [found] = [] } = await autoScaling.send(new DescribeLifecycleHooksCommand(group));
  t.like(found, { ...hook, NotificationMetadata: 'a < b', RoleARN: undefined, NotificationTargetARN: undefined });
}

async function policiesAreOfTheirGroups(
  t: ExecutionContext,
  autoScaling: AutoScalingClient,
  policy: Omit<PutScalingPolicyCommandInput, 'PolicyName'>,
): Promise<void> {
  const other = { AutoScalingGroupName: 'other' };
  await autoScaling.send(new PutScalingPolicyCommand({ ...policy, ...other, PolicyName: 'up' }));
  const named = async () => {
    const { ScalingPolicies = [] } = await autoScaling.send(new DescribePoliciesCommand({ PolicyNames: ['up'] }));
    return ScalingPolicies.map(({ AutoScalingGroupName }) => AutoScalingGroupName);
  };
  t.deepEqual(await named(), [group.AutoScalingGroupName, 'other']);
  await autoScaling.send(new DeletePolicyCommand({ ...other, PolicyName: 'up' }));
  t.deepEqual(await named(), [group.AutoScalingGroupName]);
}

test('what the emulator lacks of Auto Scaling is answered as AWS does', async (t) => {
  const unhealthy: unknown[] = [];
  const amendments = combineAmendments(
    trafficSourceAmendments,
    new ScalingSettings().amendments(),
    instanceHealthAmendments((...declared) => unhealthy.push(declared)),
  );
  const aws = await emulated(t, { rewrites: trafficSourceRewrites, amendments });
  const targetGroup = await createTargetGroup(aws, 'one');
  await createTemplate(aws);
  await tagsOfTemplatesAreTheirOwn(t, aws);
  const size = { MinSize: 1, MaxSize: 2, AvailabilityZones: ['eu-central-1a'] };
  const settings = { DefaultInstanceWarmup: 45, MaxInstanceLifetime: 86_400, DefaultCooldown: 10 };
  const LaunchTemplate = { ...template, Version: '2' };
  const TrafficSources = sources(targetGroup);
  const creation = { ...group, ...size, ...settings, LaunchTemplate, TrafficSources };
  await aws.autoScaling.send(
    new CreateAutoScalingGroupCommand({ ...creation, InstanceMaintenancePolicy: maintenance }),
  );
  const InstanceId = (await describeGroup(aws)).Instances?.[0]?.InstanceId ?? '';
  await launchesFromItsVersion(t, aws, InstanceId);
  await settingsAreKept(t, aws, targetGroup);
  await trafficSourcesAreTargetGroups(t, aws, targetGroup);
  await policiesAndHooksAreKept(t, aws);

  const declare = (HealthStatus: string, other = {}) =>
    aws.autoScaling.send(new SetInstanceHealthCommand({ InstanceId, HealthStatus, ...other }));
  await declare('Healthy');
  await declare('Unhealthy');
  await declare('Unhealthy', { ShouldRespectGracePeriod: false });
  t.deepEqual(unhealthy, [
    [InstanceId, true],
    [InstanceId, false],
  ]);
});
