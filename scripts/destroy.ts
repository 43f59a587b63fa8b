import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import pc from 'picocolors';
import { placeOf } from '../rehearsal/place.ts';
import { forgetCloud, stopCloud } from '../rehearsal/stop.ts';
import { releaseFile } from '../stacks/release-file.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { accessEnvironment } from './access.ts';
import { command, run, stageName } from './command.ts';
import { checkout, destructionFile, stateFile } from './paths.ts';
import { reporter, steps } from './progress.ts';
import { confirm } from './steps/confirmation.ts';
import { marked, recover } from './steps/cut-off.ts';
import { forgetPlan } from './steps/saved-plan.ts';
import { findGrounds, type Grounds } from './steps/site.ts';
import { synthesizeStage } from './steps/synthesis.ts';
import { changesOf, stepsOf, summarize } from './terraform/plan.ts';
import { Terraform } from './terraform/terraform.ts';
import { assertTerraform } from './terraform/version.ts';

const program = command(
  'destroy',
  'Remove everything that was built. STAGE=<name> chooses the stage, AUTO=1 does not ask.',
).action(async () => {
  const stage = await loadStage(stageName());
  await assertTerraform();
  await recover(stage, (line) => console.error(line));
  const grounds = await findGrounds(stage);
  try {
    if (grounds) await tearDown(stage, grounds);
  } finally {
    // Also what Terraform could not destroy goes with the emulated account.
    if (stage.settings.cloud === 'rehearsal') await leave(stage);
  }
});

async function tearDown(stage: Stage, grounds: Grounds): Promise<void> {
  const terraform = await terraformFor(stage, grounds);
  const file = destructionFile(stage.name);
  try {
    await destroyBy(file, stage, grounds, terraform);
  } finally {
    await forgetPlan(file);
  }
}

async function destroyBy(file: string, stage: Stage, grounds: Grounds, terraform: Terraform): Promise<void> {
  const plan = await terraform.plan(file, true);
  const changes = changesOf(plan);
  if (changes.length === 0) return console.log('Nothing is built.');
  console.log(`${summarize(plan, pc)}\n`);
  if (!grounds.rehearsal) await confirm(`Destroy all of ${stage.name}?`, stage.name);
  const total = stepsOf(changes);
  await steps([
    {
      title: 'terraform destroy',
      task: async (_, task) => {
        const report = reporter(task);
        await marked(stage, (onStart) => terraform.apply(file, { total, report, onStart }));
      },
    },
  ]).run();
}

// What is to be removed is in the state; the synthesis only has to name the provider and the backend.
async function terraformFor(stage: Stage, grounds: Grounds): Promise<Terraform> {
  const stack = await synthesizeStage(stage, releaseFile('/nowhere', '0'.repeat(64), '/nowhere'), grounds.site);
  const terraform = new Terraform(stack, accessEnvironment(grounds.access, process.env));
  await terraform.init();
  return terraform;
}

// With the emulated account gone, its state describes nothing.
async function leave(stage: Stage): Promise<void> {
  const place = placeOf(checkout);
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
