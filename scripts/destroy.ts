import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import pc from 'picocolors';
import { checkoutFolder, destroyPlanFile, stateFile } from '../common/paths.ts';
import { accessEnvironment } from '../deployments/access.ts';
import { recover, withApplyMarker } from '../deployments/apply-marker.ts';
import { type CloudTarget, findCloudTarget } from '../deployments/cloud-target.ts';
import { placeOf } from '../rehearsal/place.ts';
import { forgetCloud, stopCloud } from '../rehearsal/stop.ts';
import { releaseArchive } from '../stacks/release-archive.ts';
import { synthesizeStage } from '../stacks/synthesize.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { changesOf, stepsOf, summarize } from '../terraform/plan.ts';
import { forgetPlan } from '../terraform/saved-plan.ts';
import { Terraform } from '../terraform/terraform.ts';
import { assertTerraform } from '../terraform/version.ts';
import { command, run, stageName } from './command-line/command.ts';
import { confirm } from './command-line/confirmation.ts';
import { reporter, steps } from './command-line/progress.ts';

const program = command(
  'destroy',
  'Remove everything that was built. STAGE=<name> chooses the stage, AUTO=1 does not ask.',
).action(async () => {
  const stage = await loadStage(stageName());
  await assertTerraform();
  await recover(stage, (line) => console.error(line));
  const target = await findCloudTarget(stage);
  try {
    if (target) await tearDown(stage, target);
  } finally {
    // Also what Terraform could not destroy goes with the emulated account.
    if (stage.settings.cloud === 'rehearsal') await leave(stage);
  }
});

async function tearDown(stage: Stage, target: CloudTarget): Promise<void> {
  const terraform = await terraformFor(stage, target);
  const file = destroyPlanFile(stage.name);
  try {
    await destroyBy(file, stage, target, terraform);
  } finally {
    await forgetPlan(file);
  }
}

async function destroyBy(file: string, stage: Stage, target: CloudTarget, terraform: Terraform): Promise<void> {
  const plan = await terraform.plan(file, true);
  const changes = changesOf(plan);
  if (changes.length === 0) return console.log('Nothing is built.');
  console.log(`${summarize(plan, pc)}\n`);
  if (!target.rehearsal) await confirm(`Destroy all of ${stage.name}?`, stage.name);
  const total = stepsOf(changes);
  await steps([
    {
      title: 'terraform destroy',
      task: async (_, task) => {
        const report = reporter(task);
        await withApplyMarker(stage, (onStart) => terraform.apply(file, { total, report, onStart }));
      },
    },
  ]).run();
}

// What is to be removed is in the state; the synthesis only has to name the provider and the backend.
async function terraformFor(stage: Stage, target: CloudTarget): Promise<Terraform> {
  const stack = await synthesizeStage(stage, releaseArchive('/nowhere', '0'.repeat(64), '/nowhere'), target.site);
  const terraform = new Terraform(stack, accessEnvironment(target.access, process.env));
  await terraform.init();
  return terraform;
}

// With the emulated account gone, its state describes nothing.
async function leave(stage: Stage): Promise<void> {
  const place = placeOf(checkoutFolder);
  await steps([
    {
      title: 'Stop the rehearsal and its machines',
      task: async () => {
        await stopCloud(place);
        await forgetCloud(place);
        for (const file of [stateFile(stage.name), `${stateFile(stage.name)}.backup`]) {
          if (existsSync(file)) await rm(file);
        }
      },
    },
  ]).run();
}

await run(program);
