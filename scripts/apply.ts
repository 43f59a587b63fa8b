import type { ListrTask } from 'listr2';
import pc from 'picocolors';
import { assertNoOutage } from '../deployments/outage.ts';
import { describe } from '../deployments/strategies/describe.ts';
import { loadStage } from '../stages/load.ts';
import { changesOf, outputChangesOf, stepsOf, summarizePlan } from '../terraform/plan.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { confirm } from './command-line/confirmation.ts';
import { reporter, steps } from './command-line/progress.ts';
import { applyPlan } from './steps/apply-step.ts';
import { checkMachines } from './steps/check-machines.ts';
import { deploy } from './steps/deploy.ts';
import { feedbackStoreOf } from './steps/feedback.ts';
import { holdStage } from './steps/hold.ts';
import { plannedNotes } from './steps/planned-notes.ts';
import { type Planned, planStage } from './steps/planning.ts';

const program = createCommand(
  'apply',
  'Train, pack, plan, build, boot, and deploy by the strategy of the stage. STAGE=<name> chooses the stage, AUTO=1 does not ask.',
).action(async () => {
  const started = performance.now();
  const stage = await loadStage(stageName());
  await holdStage(stage, 'make apply', async (record) => {
    const planned = await planStage(stage, record, true);
    const { plan, shipment, expectations } = planned;
    console.log(`\n${summarizePlan(plan, pc)}\n`);
    assertNoOutage(plan);
    const { begun } = shipment;
    const costs = await checkMachines({ target: planned.target, begun, observed: expectations.observed });
    console.log(`${[...describe(begun, expectations), ...costs, ...plannedNotes(planned)].join('\n')}\n`);
    if (changesOf(plan).length > 0 && !planned.target.rehearsal && !planned.saved)
      await confirm(`Apply to ${stage.name}?`, 'yes');
    await deploy({
      ...{ carrier: planned, command: 'make apply', begun, from: shipment.after, applied: shipment.first },
      isNew: planned.isNew,
      build: () => steps<Planned>([prepareFeedback, build]).run(planned),
      started,
    });
  });
});

// Machines need the key when they boot.
const prepareFeedback: ListrTask<Planned> = {
  title: 'Bucket of feedback, and the key of predictions',
  enabled: ({ stage }) => stage.settings.feedback.enabled,
  task: ({ stage, target }) => feedbackStoreOf(stage, target).prepare(stage.settings.feedback.days),
};

const build: ListrTask<Planned> = {
  title: 'Build',
  task: (_, task) => task.newListr([applyFirst, buildImage], { concurrent: true }),
};

const applyFirst: ListrTask<Planned> = {
  title: 'terraform apply',
  task: async (planned, task) => {
    const { plan } = planned;
    await applyPlan(stepsOf(changesOf(plan)), outputChangesOf(plan).length > 0, planned, task);
  },
};

const buildImage: ListrTask<Planned> = {
  title: 'Base image of the machines',
  enabled: ({ image }) => image !== undefined,
  task: async ({ image }, task) => void (await image?.follow(reporter(task))),
};

await run(program);
