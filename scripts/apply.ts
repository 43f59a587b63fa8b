import type { ListrTask } from 'listr2';
import pc from 'picocolors';
import { planFile } from '../common/paths.ts';
import { releaseIdOf } from '../common/release-id.ts';
import { recover, withApplyMarker } from '../deployments/apply-marker.ts';
import { bootstrapFailure } from '../deployments/bootstrap-failure.ts';
import { endpoint, smokeTest } from '../deployments/endpoint.ts';
import { replaceOldMachines } from '../deployments/replacement.ts';
import { waitUntilServing } from '../deployments/wait.ts';
import type { Outputs } from '../stacks/outputs.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { changesOf, stepsOf, summarize } from '../terraform/plan.ts';
import { forgetPlan, spendPlan } from '../terraform/saved-plan.ts';
import { command, run, stageName } from './command-line/command.ts';
import { confirm } from './command-line/confirmation.ts';
import { reporter, steps } from './command-line/progress.ts';
import { type Planned, planStage } from './steps/planning.ts';

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
  if (changes.length > 0 && !planned.target.rehearsal && !planned.saved)
    await confirm(`Apply to ${stage.name}?`, 'yes');
  const outputs = await build(stage, planned, stepsOf(changes));
  await showEndpoint(planned, outputs, started);
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
    await withApplyMarker(stage, (onStart) => terraform.apply(file, { total, report, onStart }));
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
    const { stage, terraform, target } = building;
    const outputs = await terraform.outputs();
    if (!outputs) throw new Error('The state has no outputs after an apply');
    building.outputs = outputs;
    await replaceOldMachines(target.access, outputs);
    await waitUntilServing({
      access: target.access,
      outputs,
      patienceSeconds: patience(stage),
      report: reporter(task),
      failureOf: async (id) => target.rehearsal && bootstrapFailure(target.rehearsal, id),
    });
    await smokeTest(endpoint(target, outputs));
  },
};

// Every machine may take its grace period, one after another, and a minute of slack.
function patience({ settings: { fleet } }: Stage): number {
  return fleet.healthCheckGraceSeconds * (fleet.size.desired + 1) + 60;
}

async function showEndpoint(planned: Planned, outputs: Outputs, started: number): Promise<void> {
  const { url, curl } = endpoint(planned.target, outputs);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `\nServing release ${releaseIdOf(outputs.release)} at ${pc.bold(url)} after ${seconds} s. Try it:\n\n  ${curl}\n`,
  );
}

await run(program);
