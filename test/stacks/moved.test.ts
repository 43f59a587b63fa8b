import test from 'ava';
import { revisionName } from '../../deployments/revision.ts';
import { production, release, revisionIn, synthesized } from './synthesized.ts';

const props = production();
const revision = revisionName(revisionIn(props));
const digits = (address: string) => `${address}_0A1B2C3D`;

/** Where the resources of an earlier version go, without the digits that CDKTF adds to their names here. */
function moved(...addresses: string[]) {
  const earlier = { addresses: addresses.map(digits), revision, release: release.sha256 };
  const blocks = synthesized({ ...props, earlier }).moved ?? [];
  return blocks.map(({ from, to }) => [from, to.replace(/_[0-9A-F]{8}$/, '')]);
}

test('the only fleet of an earlier version becomes the blue track', (t) => {
  const addresses = {
    'aws_autoscaling_group.fleet_group': 'aws_autoscaling_group.blue_group',
    'aws_autoscaling_policy.fleet_cpu-target': 'aws_autoscaling_policy.blue_cpu-target',
    'aws_launch_template.fleet_launch-template': `aws_launch_template.${revision}_launch-template`,
    'aws_lb_target_group.balancer_target-group': 'aws_lb_target_group.balancer_blue',
    'aws_s3_object.release-store_release': 'aws_s3_object.release-store_release-abababababababab',
    'aws_s3_object.release-store_manifest': 'aws_s3_object.release-store_manifest-abababababababab',
  };
  t.deepEqual(
    moved(...Object.keys(addresses)),
    Object.entries(addresses).map(([from, to]) => [digits(from), to]),
  );
});

test('what is gone in this version moves nowhere, and what has another digest moves to its new name', (t) => {
  t.deepEqual(moved('aws_cloudwatch_metric_alarm.alarms_machine-errors', 'aws_autoscaling_policy.fleet_gone'), []);
  t.deepEqual(moved('aws_vpc.network_vpc'), [[digits('aws_vpc.network_vpc'), 'aws_vpc.network_vpc']]);
});

test('what has its address already is not moved, and without an earlier version there is nothing to move', (t) => {
  const { resource } = synthesized(props);
  const addresses = Object.keys(resource.aws_vpc ?? {}).map((name) => `aws_vpc.${name}`);
  const earlier = { addresses, revision, release: release.sha256 };
  t.is(addresses.length, 1);
  t.deepEqual(synthesized({ ...props, earlier }).moved, []);
  t.is(synthesized(props).moved, undefined);
});
