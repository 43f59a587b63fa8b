import { rm } from 'node:fs/promises';
import pc from 'picocolors';
import { checkoutFolder, destroyPlanFile, stateFile } from '../common/paths.ts';
import { accessEnvironment } from '../deployments/access.ts';
import { recoverKilledApply, withApplyMarker } from '../deployments/apply-marker.ts';
import { type CloudTarget, findCloudTarget } from '../deployments/cloud-target.ts';
import { placeOf } from '../rehearsal/place.ts';
import { forgetCloud, stopCloud } from '../rehearsal/stop.ts';
import { releaseArchive } from '../stacks/release-archive.ts';
import { synthesizeStage } from '../stacks/synthesize.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { changesOf, stepsOf, summarizePlan } from '../terraform/plan.ts';
import { deletePlan } from '../terraform/saved-plan.ts';
import { Terraform } from '../terraform/terraform.ts';
import { assertTerraform } from '../terraform/version.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { confirm } from './command-line/confirmation.ts';
import { reporter, steps } from './command-line/progress.ts';

const program = createCommand(
  'destroy',
  'Remove everything that was built. STAGE=<name> chooses the stage, AUTO=1 does not ask.',
).action(async () => {
  const stage = await loadStage(stageName());
  await assertTerraform();
  await recoverKilledApply(stage, (line) => console.error(line));
  const target = await findCloudTarget(stage);
  try {
    if (target) await destroyStage(stage, target);
  } finally {
    // The emulated account goes with all that Terraform could not destroy.
    if (stage.settings.cloud === 'rehearsal') await removeRehearsal(stage);
  }
});

async function destroyStage(stage: Stage, target: CloudTarget): Promise<void> {
  const terraform = await terraformFor(stage, target);
  const file = destroyPlanFile(stage.name);
  try {
    await planAndDestroy(file, stage, target, terraform);
  } finally {
    await deletePlan(file);
  }
}

async function planAndDestroy(file: string, stage: Stage, target: CloudTarget, terraform: Terraform): Promise<void> {
  const plan = await terraform.plan(file, true);
  const changes = changesOf(plan);
  if (changes.length === 0) return console.log('Nothing is built.');
  console.log(`${summarizePlan(plan, pc)}\n`);
  if (!target.rehearsal) await confirm(`Destroy all of ${stage.name}?`, stage.name);
  await steps([
    {
      title: 'terraform destroy',
      task: async (_, task) => {
        const [total, report] = [stepsOf(changes), reporter(task)];
        await withApplyMarker(stage, (onStart) => terraform.apply(file, { total, report, onStart }));
      },
    },
  ]).run();
}

// Terraform destroys what is in the state: the synthesis only provides the provider and the backend.
async function terraformFor(stage: Stage, target: CloudTarget): Promise<Terraform> {
  const stack = await synthesizeStage(stage, releaseArchive('/nowhere', '0'.repeat(64), '/nowhere'), target.site);
  const terraform = new Terraform(stack, accessEnvironment(target.access, process.env));
  await terraform.init();
  return terraform;
}

async function removeRehearsal(stage: Stage): Promise<void> {
  const place = placeOf(checkoutFolder, stage.name);
  await steps([
    {
      title: 'Stop the rehearsal and its machines',
      task: async () => {
        await stopCloud(place);
        await forgetCloud(place);
        const state = stateFile(stage.name);
        for (const file of [state, `${state}.backup`]) await rm(file, { force: true });
      },
    },
  ]).run();
}

await run(program);
