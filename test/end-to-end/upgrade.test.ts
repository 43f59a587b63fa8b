import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  const state = JSON.parse(await readFile(join(checkout.folder, 'state/rehearsal.tfstate'), 'utf8'));
  const early = await checkout.make('status');
  t.regex(early.output, /^status: The Terraform state is of an earlier version .+ make apply$/m);
  const load = await rehearsal.startLoad();
  await delay(1000);
  const upgrade = await checkout.make('apply');
  await delay(1000);
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(upgrade.exitCode, 0, upgrade.output);
  const changes = changesIn(upgrade.output);
  // What serves stays as it is: the group, its template, the target group and the release have new addresses alone.
  t.deepEqual(
    changes.filter((change) => /^[±-]/.test(change)),
    [
      // Nothing on the machines used them.
      '- aws_iam_role_policy_attachment.identity_cloudwatch',
      '- aws_iam_role_policy_attachment.identity_session-manager',
    ],
  );
  t.log(changes.join('\n'));
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  t.log(`${answered} requests answered, 0 failed`);
  const after = await rehearsal.status();
  t.not(after.release, state.outputs.release.value);
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
