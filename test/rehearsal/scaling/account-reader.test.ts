import {
  CreateAutoScalingGroupCommand,
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand } from '@aws-sdk/client-ec2';
import test from 'ava';
import { Scaling } from '../../../rehearsal/cloud/scaling.ts';
import { debianImage } from '../../../rehearsal/emulator/images.ts';
import { readScaling } from '../../../rehearsal/scaling/account-reader.ts';
import { emulated } from '../gateway/emulated.ts';
import { cpuOfFleet } from './policies.ts';

type Emulated = Awaited<ReturnType<typeof emulated>>;

/** Creates a group of two machines. */
async function createGroup({ autoScaling }: Emulated, AutoScalingGroupName: string, settings = {}): Promise<void> {
  const LaunchTemplate = { LaunchTemplateName: 'web', Version: '1' };
  const size = { MinSize: 1, MaxSize: 4, DesiredCapacity: 2, AvailabilityZones: ['eu-central-1a'] };
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({ AutoScalingGroupName, LaunchTemplate, ...size, ...settings }),
  );
}

/** Puts a policy for the CPU utilization, and returns its ARN. */
async function putPolicy({ autoScaling }: Emulated, group: string, PolicyName: string, other = {}): Promise<string> {
  const TargetTrackingConfiguration = {
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' as const },
    TargetValue: 50,
  };
  const policy = { AutoScalingGroupName: group, PolicyName, PolicyType: 'TargetTrackingScaling' };
  const command = new PutScalingPolicyCommand({ ...policy, TargetTrackingConfiguration, ...other });
  return (await autoScaling.send(command)).PolicyARN ?? '';
}

const size = { minimum: 1, maximum: 4, desired: 2, suspended: [] as string[] };
const startAt = new Date('2036-11-29T09:00:00Z');
const endAt = new Date('2037-11-29T09:00:00Z');

async function schedule({ autoScaling }: Emulated): Promise<void> {
  const put = (ScheduledActionName: string, action: object) =>
    autoScaling.send(
      new PutScheduledUpdateGroupActionCommand({ AutoScalingGroupName: 'fleet', ScheduledActionName, ...action }),
    );
  const recurring = { Recurrence: '0 9 * * MON-FRI', TimeZone: 'Europe/Berlin', StartTime: startAt, EndTime: endAt };
  await put('morning', { ...recurring, MinSize: 2, MaxSize: 8 });
  await put('once', { StartTime: startAt, DesiredCapacity: 0 });
}

const scheduled = [
  {
    name: 'morning',
    group: 'fleet',
    startAt,
    endAt,
    recurrence: '0 9 * * MON-FRI',
    timeZone: 'Europe/Berlin',
    minimum: 2,
    maximum: 8,
    desired: undefined,
  },
  {
    name: 'once',
    group: 'fleet',
    startAt,
    endAt: undefined,
    recurrence: undefined,
    timeZone: 'UTC',
    minimum: undefined,
    maximum: undefined,
    desired: 0,
  },
];

test('groups, policies and scheduled actions are read as the emulator keeps them', async (t) => {
  const aws = await emulated(t);
  t.deepEqual(await readScaling(aws.autoScaling), { groups: [], policies: [], scheduled: [] });
  const LaunchTemplateData = { ImageId: debianImage.ami_id, InstanceType: 't3.micro' as const };
  await aws.ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: 'web', LaunchTemplateData }));
  await createGroup(aws, 'fleet', { DefaultInstanceWarmup: 45 });
  await createGroup(aws, 'cooling', { DefaultCooldown: 20 });
  await createGroup(aws, 'plain');
  await createGroup(aws, 'still', { DefaultInstanceWarmup: 30 });
  const arns = new Map<string, string>();
  for (const name of ['cooling', 'fleet', 'plain']) arns.set(name, await putPolicy(aws, name, `cpu-${name}`));
  await putPolicy(aws, 'fleet', 'off', { Enabled: false });
  const suspension = { AutoScalingGroupName: 'still', ScalingProcesses: ['AlarmNotification'] };
  await aws.autoScaling.send(new SuspendProcessesCommand(suspension));
  await schedule(aws);
  const found = await readScaling(aws.autoScaling);
  t.deepEqual(found.groups, [
    { ...size, name: 'fleet', warmupSeconds: 45 },
    { ...size, name: 'cooling', warmupSeconds: 20 },
    { ...size, name: 'plain', warmupSeconds: 300 },
    { ...size, name: 'still', warmupSeconds: 30, suspended: ['AlarmNotification'] },
  ]);
  const policy = ([group, arn]: [string, string]) => ({
    name: `cpu-${group}`,
    arn,
    group,
    target: 50,
    metric: { ...cpuOfFleet, Dimensions: [{ Name: 'AutoScalingGroupName', Value: group }] },
    scalesIn: true,
    lowShare: 0.7,
  });
  t.deepEqual(found.policies, [...arns].map(policy));
  t.deepEqual(found.scheduled, scheduled);
  await warmUpsOverrideEachOther(aws);
  const changed = await readScaling(aws.autoScaling);
  t.deepEqual(changed.groups.map(({ name, warmupSeconds }) => [name, warmupSeconds]).slice(0, 3), [
    ['fleet', 90],
    ['cooling', 120],
    ['plain', 10],
  ]);
  const scaling = new Scaling(aws.autoScaling);
  await scaling.resize('fleet', { minimum: 3, maximum: undefined, desired: undefined });
  await scaling.resize('plain', { minimum: 0, maximum: 2, desired: 0 });
  const resized = await readScaling(aws.autoScaling);
  const sizes = resized.groups.map(({ name, minimum, maximum, desired }) => [name, minimum, maximum, desired]);
  t.deepEqual(sizes.slice(0, 3), [
    ['fleet', 3, 4, 3],
    ['cooling', 1, 4, 2],
    ['plain', 0, 2, 0],
  ]);
});

// The warm-up of a policy counts before that of its group, which counts before the cooldown.
async function warmUpsOverrideEachOther(aws: Emulated): Promise<void> {
  await putPolicy(aws, 'fleet', 'cpu-fleet', { EstimatedInstanceWarmup: 90 });
  await putPolicy(aws, 'cooling', 'slow', { EstimatedInstanceWarmup: 120 });
  await putPolicy(aws, 'plain', 'cpu-plain', { EstimatedInstanceWarmup: 10 });
  await aws.autoScaling.send(
    new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'plain', DefaultInstanceWarmup: -1 }),
  );
}
