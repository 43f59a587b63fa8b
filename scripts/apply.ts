import type { ListrTask } from 'listr2';
import pc from 'picocolors';
import { loadStage, type Stage } from '../stages/load.ts';
import { command, run, stageName } from './command.ts';
import { bootstrapFailure } from './fleet/bootstrap-failure.ts';
import { entrance, greet } from './fleet/entrance.ts';
import { replaceOldMachines } from './fleet/replace.ts';
import { waitUntilItServes } from './fleet/wait.ts';
import { planFile } from './paths.ts';
import { reporter, steps } from './progress.ts';
import { confirm } from './steps/confirmation.ts';
import { marked, recover } from './steps/cut-off.ts';
import { type Planned, planStage } from './steps/planning.ts';
import { forgetPlan, spendPlan } from './steps/saved-plan.ts';
import { changesOf, stepsOf, summarize } from './terraform/plan.ts';
import type { Outputs } from './terraform/terraform.ts';

const program = command(
  'apply',
  'Learn, pack, plan, build, boot, and wait until it serves. STAGE=<name> chooses the stage, AUTO=1 does not ask.',
).action(async () => {
  const started = performance.now();
  const stage = await loadStage(stageName());
  await recover(stage, (line) => console.error(line));
  const planned = await planStage({ stage, reuse: true });
  console.log(`\n${summarize(planned.plan, pc)}\n`);
  const changes = changesOf(planned.plan);
  if (changes.length > 0 && !planned.grounds.rehearsal && !planned.saved)
    await confirm(`Apply to ${stage.name}?`, 'yes');
  const outputs = await build(stage, planned, stepsOf(changes));
  await showEntrance(planned, outputs, started);
});

interface Build extends Planned {
  stage: Stage;
  /** Changes that Terraform makes. */
  total: number;
  outputs: Outputs;
}

type Step = ListrTask<Build>;

async function build(stage: Stage, planned: Planned, total: number): Promise<Outputs> {
  const parts = { title: 'Build', task: (_, task) => task.newListr([change, image], { concurrent: true }) } as Step;
  const { outputs } = await steps<Build>([parts, serve]).run({ ...planned, stage, total } as Build);
  return outputs;
}

const change: Step = {
  title: 'terraform apply',
  enabled: ({ total }) => total > 0,
  task: async ({ stage, terraform, total }, task) => {
    const file = planFile(stage.name);
    const report = reporter(task);
    await spendPlan(file);
    await marked(stage, (onStart) => terraform.apply(file, { total, report, onStart }));
    await forgetPlan(file);
  },
};

const image: Step = {
  title: 'Base image of the machines',
  enabled: (building) => building.image !== undefined,
  task: async (building, task) => void (await building.image?.follow(reporter(task))),
};

const serve: Step = {
  title: 'Wait until it serves',
  task: async (building, task) => {
    const { stage, terraform, grounds } = building;
    const outputs = await terraform.outputs();
    if (!outputs) throw new Error('The state has no outputs after an apply');
    building.outputs = outputs;
    await replaceOldMachines(grounds.access, outputs);
    await waitUntilItServes({
      access: grounds.access,
      outputs,
      patienceSeconds: patience(stage),
      report: reporter(task),
      failureOf: async (id) => grounds.rehearsal && bootstrapFailure(grounds.rehearsal, id),
    });
    await greet(entrance(grounds, outputs));
  },
};

// Every machine may take its grace period, one after another, and a minute of slack.
function patience({ settings: { fleet } }: Stage): number {
  return fleet.healthCheckGraceSeconds * (fleet.size.desired + 1) + 60;
}

async function showEntrance(planned: Planned, outputs: Outputs, started: number): Promise<void> {
  const { url, curl } = entrance(planned.grounds, outputs);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `\nServing release ${outputs.release.slice(0, 16)} at ${pc.bold(url)} after ${seconds} s. Try it:\n\n  ${curl}\n`,
  );
}

await run(program);
