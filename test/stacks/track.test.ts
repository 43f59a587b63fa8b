import test from 'ava';
import type { Deployment, Track } from '../../deployments/deployment.ts';
import { revisionName } from '../../deployments/revision.ts';
import type { IntentStackProps } from '../../stacks/intent-stack.ts';
import { releaseArchive } from '../../stacks/release-archive.ts';
import { production, ref, rehearsal, release, resources, revisionIn, steadyOn, synthesized } from './synthesized.ts';

const props = production();
const name = 'intent-fleet-production';
const other = releaseArchive('/nowhere', 'ef'.repeat(32), '/nowhere');
const first = revisionIn(props);
const second = revisionIn(props, { release: other });
const [blue, green] = [revisionName(first), revisionName(second)];

/** A canary in which the new revision, on green, takes a quarter of the requests. */
function canary(): Deployment {
  const progress = {
    from: blue,
    to: green,
    machines: 3,
    step: 1,
    baked: false,
    promoted: false,
    beganAt: '2026-01-01T00:00:00Z',
  };
  const steps = [25, 100].map((percent) => ({ percent, pause: false }));
  return {
    ...{ ...steadyOn(props, first), phase: 'progressing', progress, revisions: { [green]: second, [blue]: first } },
    strategy: { kind: 'canary', steps, bakeSeconds: 60, stepTimeoutSeconds: 600 },
    tracks: {
      blue: { revision: blue, floor: 3, ceiling: 4 },
      green: { revision: green, floor: 2, ceiling: 4 },
    },
    ...{ weights: { blue: 75, green: 25 }, sticky: true },
  };
}

/** A deployment that is over: green serves everything, blue is idle or kept warm. */
function onGreen(phase: 'steady' | 'warm'): Deployment {
  const machines = { floor: 2, ceiling: 4 };
  const { progress: _, ...members } = canary();
  return {
    ...{ ...members, phase, progress: null, live: 'green', history: [green, blue], weights: { blue: 0, green: 100 } },
    tracks: {
      blue: { revision: blue, ...(phase === 'warm' ? machines : { floor: 0, ceiling: 0 }) },
      green: { revision: green, ...machines },
    },
  };
}

const stackOf = (deployment: Deployment, changes: Partial<IntentStackProps> = {}) =>
  resources(synthesized({ ...props, deployment, ...changes }));

const stack = stackOf(canary());

interface Group {
  depends_on: string[];
  tag: object[];
  lifecycle: { ignore_changes: string[] };
}

function groupIn(of: typeof stack, track: Track): Group {
  const group = of[`aws_autoscaling_group.${track}_group`];
  if (!group) throw new Error(`The stack has no group of ${track}`);
  return group as unknown as Group;
}

test('the listener divides the requests by the weights, and keeps a client at its track', (t) => {
  const groups = [
    { arn: ref('aws_lb_target_group.balancer_blue.arn'), weight: 75 },
    { arn: ref('aws_lb_target_group.balancer_green.arn'), weight: 25 },
  ];
  t.deepEqual(stack['aws_lb_listener.balancer_https']?.default_action, [
    { type: 'forward', forward: { target_group: groups, stickiness: { enabled: true, duration: 604_800 } } },
  ]);
});

test('each track has a group of its own, with its sizes, its template and its target group', (t) => {
  const steady = stackOf(steadyOn(props, first));
  const ids = [release.sha256, other.sha256].map((sha256) => sha256.slice(0, 16));
  const depends_on = [
    ...ids.map((id) => `aws_s3_object.release-store_release-${id}`),
    ...groupIn(steady, 'blue').depends_on.slice(1),
  ];
  const group = { ...groupIn(steady, 'blue'), max_size: 4, depends_on };
  t.deepEqual(groupIn(stack, 'blue') as object, { ...group, min_size: 3 });
  const [, ...tags] = group.tag;
  t.deepEqual(groupIn(stack, 'green') as object, {
    ...{ ...group, name: `${name}-green`, min_size: 2 },
    tag: [{ key: 'Name', value: `${name}-green`, propagate_at_launch: false }, ...tags],
    launch_template: { id: ref(`aws_launch_template.${green}_launch-template.id`), version: '1' },
    target_group_arns: [ref('aws_lb_target_group.balancer_green.arn')],
  });
  t.deepEqual(stack['aws_autoscaling_policy.green_cpu-target'], {
    ...steady['aws_autoscaling_policy.blue_cpu-target'],
    ...{ name: `${name}-green-cpu-target`, autoscaling_group_name: ref('aws_autoscaling_group.green_group.name') },
  });
});

test('a track that never had a revision has a target group and alarms, and no machines', (t) => {
  const addresses = Object.keys(stackOf(steadyOn(props, first)));
  t.deepEqual(addresses.filter((address) => /[._]green/.test(address)).sort(), [
    'aws_cloudwatch_metric_alarm.alarms_green-latency',
    'aws_cloudwatch_metric_alarm.alarms_green-machine-errors',
    'aws_cloudwatch_metric_alarm.alarms_green-unhealthy-machines',
    'aws_lb_listener_rule.balancer_green-rule',
    'aws_lb_target_group.balancer_green',
  ]);
});

/** The schedules of a stage that has one, and what Terraform leaves to it of the sizes of each group. */
function scheduled(deployment: Deployment, wasSettled: boolean) {
  const { settings } = props.stage;
  const evening = { name: 'evening', cron: '0 20 * * *', timeZone: 'Europe/Berlin', min: 3 };
  const stage = { ...props.stage, settings: { ...settings, fleet: { ...settings.fleet, schedules: [evening] } } };
  const found = stackOf(deployment, { stage, wasSettled });
  const ignored = (track: Track) => groupIn(found, track).lifecycle.ignore_changes;
  return {
    schedules: Object.keys(found).filter((address) => address.startsWith('aws_autoscaling_schedule.')),
    ignored: { blue: ignored('blue'), green: ignored('green') },
  };
}

test('schedules belong to the live track while nothing is under way, and their sizes stay when nothing was before', (t) => {
  const neither = { blue: ['desired_capacity'], green: ['desired_capacity'] };
  const sizes = ['desired_capacity', 'min_size', 'max_size'];
  const schedules = ['aws_autoscaling_schedule.green_schedule-evening'];
  t.deepEqual(scheduled(canary(), true), { schedules: [], ignored: neither });
  t.deepEqual(scheduled(onGreen('steady'), false), { schedules, ignored: neither });
  t.deepEqual(scheduled(onGreen('steady'), true), { schedules, ignored: { ...neither, green: sizes } });
  t.deepEqual(scheduled(onGreen('warm'), true), { schedules, ignored: { ...neither, green: sizes } });
});

test('machines that are kept warm are no forgotten deployment, nor are two releases that are compared', (t) => {
  const enabled = (deployment: Deployment) =>
    stackOf(deployment)['aws_cloudwatch_metric_alarm.alarms_unfinished-deployment']?.actions_enabled;
  const begun = { ...canary(), sticky: false };
  const over = { ...onGreen('steady'), sticky: false };
  t.deepEqual([{ ...onGreen('warm'), sticky: false }, over, begun, canary()].map(enabled), [false, true, true, false]);
});

/** The sources of what is uploaded, by address. */
function uploads(deployment: Deployment) {
  const objects = Object.entries(stackOf(deployment)).filter(([address]) => address.startsWith('aws_s3_object.'));
  return Object.fromEntries(
    objects.map(([address, { source }]) => [address.replace('aws_s3_object.release-store_', ''), source]),
  );
}

test('what two revisions share is uploaded once, and of the others nothing on this machine is read', (t) => {
  const shared = {
    'release-abababababababab': '/build/releases/abab.tar.gz',
    'manifest-abababababababab': '/build/releases/abab.manifest.json',
    monitoring: '/build/releases/cdcd.tar.gz',
  };
  const larger = { ...first, instanceType: 't3.large' };
  const revisions = { [blue]: first, [revisionName(larger)]: larger };
  t.deepEqual(uploads({ ...steadyOn(props, first), revisions }), shared);
  const uploaded = { 'release-efefefefefefefef': '/uploaded', 'manifest-efefefefefefefef': '/uploaded' };
  t.deepEqual(uploads(canary()), { ...shared, ...uploaded });
});

test('machines of both tracks publish their memory under the name of the stage', (t) => {
  const rehearsed = rehearsal((yaml) => yaml.replace('schedules: []', 'memoryTargetPercent: 75'));
  const revision = revisionIn(rehearsed);
  const own = { revision: revisionName(revision), floor: 1, ceiling: 1 };
  const deployment = { ...steadyOn(rehearsed, revision), tracks: { blue: own, green: own } };
  const found = resources(synthesized({ ...rehearsed, deployment }));
  const dimensionOf = (track: string) =>
    JSON.stringify(found[`aws_autoscaling_policy.${track}_memory-target`]).match(/"metric_dimension":(\[.*?\])/)?.[1];
  const expected = '[{"name":"AutoScalingGroupName","value":"intent-fleet-rehearsal"}]';
  t.deepEqual([dimensionOf('blue'), dimensionOf('green')], [expected, expected]);
});
