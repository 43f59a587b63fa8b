import type { ListrTask } from 'listr2';
import pc from 'picocolors';
import { bootstrapFailure } from '../bootstrap/runner/console.ts';
import { planFile } from '../common/paths.ts';
import { releaseIdOf } from '../common/release-id.ts';
import type { ChangeRecord } from '../deployments/change-record.ts';
import { endpointOf } from '../deployments/endpoint.ts';
import { Fleet } from '../deployments/fleet.ts';
import { deployedTemplate } from '../deployments/fleet-status.ts';
import { needsReplacement } from '../deployments/health.ts';
import { assertNoOutage } from '../deployments/outage.ts';
import { smokeTest } from '../deployments/smoke-test.ts';
import { readStateOutputs } from '../deployments/state-outputs.ts';
import { waitUntilServing } from '../deployments/wait.ts';
import { type Outputs, parseOutputs } from '../stacks/outputs.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { changesOf, outputChangesOf, stepsOf, summarizePlan } from '../terraform/plan.ts';
import { deletePlan, invalidatePlan } from '../terraform/saved-plan.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { confirm } from './command-line/confirmation.ts';
import { reporter, steps } from './command-line/progress.ts';
import { holdStage } from './steps/hold.ts';
import { type Planned, planStage } from './steps/planning.ts';

const program = createCommand(
  'apply',
  'Train, pack, plan, build, boot, and wait until it serves. STAGE=<name> chooses the stage, AUTO=1 does not ask.',
).action(async () => {
  const started = performance.now();
  const stage = await loadStage(stageName());
  await holdStage(stage, 'make apply', async (record) => {
    const planned = await planStage(stage, record, true);
    console.log(`\n${summarizePlan(planned.plan, pc)}\n`);
    const changes = changesOf(planned.plan);
    assertNoOutage(planned.plan);
    if (changes.length > 0 && !planned.target.rehearsal && !planned.saved)
      await confirm(`Apply to ${stage.name}?`, 'yes');
    const outputs = await deploy({ ...planned, stage, record, total: stepsOf(changes) });
    showEndpoint(planned, outputs, performance.now() - started);
  });
});

interface Deployment extends Planned {
  stage: Stage;
  record: ChangeRecord;
  /** Number of steps of the apply. */
  total: number;
  outputs: Outputs;
}

type Step = ListrTask<Deployment>;

async function deploy(deployment: Omit<Deployment, 'outputs'>): Promise<Outputs> {
  const build: Step = {
    title: 'Build',
    task: (_, task) => task.newListr([applyPlan, buildImage], { concurrent: true }),
  };
  const { outputs } = await steps<Deployment>([build, serve]).run({ ...deployment } as Deployment);
  return outputs;
}

const applyPlan: Step = {
  title: 'terraform apply',
  enabled: ({ plan, total }) => total > 0 || outputChangesOf(plan).length > 0,
  task: async ({ stage, record, terraform, total }, task) => {
    const file = planFile(stage.name);
    const report = reporter(task);
    await invalidatePlan(file);
    await record.during((onStart) => terraform.apply(file, { total, report, onStart }));
    await deletePlan(file);
  },
};

const buildImage: Step = {
  title: 'Base image of the machines',
  enabled: ({ image }) => image !== undefined,
  task: async ({ image }, task) => void (await image?.follow(reporter(task))),
};

const serve: Step = {
  title: 'Wait until it serves',
  task: async (deployment, task) => {
    const { stage, target } = deployment;
    const outputs = parseOutputs(await readStateOutputs(stage));
    deployment.outputs = outputs;
    const fleet = new Fleet(target.access, outputs);
    const template = deployedTemplate(outputs);
    if (!template) throw new Error('The state has no launch template after the apply');
    // Terraform replaces machines only with a change of the template. When that failed, it has nothing to change any more.
    if (needsReplacement(await fleet.status(), template)) await fleet.startReplacement();
    await waitUntilServing({
      fleet,
      template,
      timeoutSeconds: timeoutSeconds(stage),
      report: reporter(task),
      // A console that cannot be read leaves the cause unknown, and the wait goes on.
      failureOf: (machine) => fleet.consoleOf(machine).then(bootstrapFailure, () => undefined),
    });
    await smokeTest(endpointOf(target, outputs));
  },
};

// Machines are replaced one after another, each within its grace period; one minute more for the rest.
function timeoutSeconds({ settings: { fleet } }: Stage): number {
  return fleet.healthCheckGraceSeconds * (fleet.size.desired + 1) + 60;
}

function showEndpoint({ target }: Planned, outputs: Outputs, milliseconds: number): void {
  const { url, curl } = endpointOf(target, outputs);
  const release = releaseIdOf(outputs.release);
  const seconds = (milliseconds / 1000).toFixed(0);
  console.log(`\nServing release ${release} at ${pc.bold(url)} after ${seconds} s. Try it:\n\n  ${curl}\n`);
}

await run(program);
