import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { Checkout } from '../../benchmarks/faults/checkout.ts';
import { Rehearsal } from '../../benchmarks/faults/rehearsal.ts';
import { tracesOf } from '../../benchmarks/faults/traces.ts';

/**
 * The version that a stage is upgraded from. It runs with the packages of this version, whose package.json must therefore
 * keep what the old one imports.
 */
const oldVersion = '2869e67f646da6eb7cb34878af17f450554b642b';

/** The changes that a plan lists, such as `± aws_launch_template.fleet_launch-template`. */
const changesIn = (output: string) => (output.match(/^[+~±-] aws_.+$/gm) ?? []).sort();

test('a stage of an older version is upgraded without a failed request, and nothing more than the release is replaced', async (t) => {
  const checkout = await Checkout.makeEmpty();
  t.teardown(() => checkout.remove());
  await checkout.useCommit(oldVersion);
  const old = await checkout.make('apply');
  t.is(old.exitCode, 0, old.output);

  await checkout.useThisVersion();
  const rehearsal = new Rehearsal(checkout);
  const before = await rehearsal.status();
  const load = await rehearsal.startLoad();
  await delay(1000);
  const upgrade = await checkout.make('apply');
  await delay(1000);
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(upgrade.exitCode, 0, upgrade.output);
  t.deepEqual(changesIn(upgrade.output), [
    '+ aws_cloudwatch_dashboard.dashboard',
    ...['bootstrap', 'cloud-init', 'proxy', 'service', 'system'].map(
      (unit) => `+ aws_cloudwatch_log_group.logs_${unit}`,
    ),
    ...['balancer-errors', 'latency', 'machine-errors', 'no-machines', 'unhealthy-machines'].map(
      (rule) => `+ aws_cloudwatch_metric_alarm.alarms_${rule}`,
    ),
    '+ aws_default_security_group.network_default-security-group',
    '+ aws_iam_role_policy.identity_ship-logs',
    '+ aws_s3_bucket_lifecycle_configuration.release-store_lifecycle',
    '+ aws_sns_topic.alarms_topic',
    // Nothing on the machines used them.
    '- aws_iam_role_policy_attachment.identity_cloudwatch',
    '- aws_iam_role_policy_attachment.identity_session-manager',
    '~ aws_autoscaling_group.fleet_group',
    '~ aws_iam_role_policy.identity_read-release',
    // They get a description.
    '~ aws_vpc_security_group_egress_rule.firewall_machines-out-443',
    '~ aws_vpc_security_group_egress_rule.firewall_machines-out-80',
    '~ aws_vpc_security_group_ingress_rule.firewall_balancer-in-443',
    '~ aws_vpc_security_group_ingress_rule.firewall_balancer-in-80',
    '± aws_launch_template.fleet_launch-template',
    '± aws_s3_object.release-store_manifest',
    '± aws_s3_object.release-store_release',
  ]);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  t.log(`${answered} requests answered, 0 failed`);
  const after = await rehearsal.status();
  t.not(after.release, before.release);
  t.deepEqual(
    after.machines.map(({ release, health }) => ({ release, health })),
    [0, 1].map(() => ({ release: after.release.slice(0, 16), health: 'healthy' })),
  );

  const plan = await checkout.make('plan');
  t.regex(plan.output, /^No changes: the deployment matches the settings\.$/m);
  const { exitCode, output } = await checkout.make('destroy');
  t.is(exitCode, 0, output);
  t.deepEqual(await tracesOf(checkout.folder, rehearsal.place), []);
});
