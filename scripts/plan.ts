import pc from 'picocolors';
import { assertNoOutage } from '../deployments/outage.ts';
import { describe } from '../deployments/strategies/describe.ts';
import { loadStage } from '../stages/load.ts';
import { summarizePlan } from '../terraform/plan.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { holdStage } from './steps/hold.ts';
import { plannedNotes } from './steps/planned-notes.ts';
import { planStage } from './steps/planning.ts';

const program = createCommand(
  'plan',
  'Show what `make apply` would change, and save the plan for it. STAGE=<name> chooses the stage.',
).action(async () => {
  const stage = await loadStage(stageName());
  await holdStage(stage, 'make plan', async (changes) => {
    const planned = await planStage(stage, changes, false);
    const { plan, image, newerImage, shipment, expectations } = planned;
    console.log(`\n${summarizePlan(plan, pc)}\n`);
    console.log([...describe(shipment.begun, expectations), ...plannedNotes(planned)].join('\n'));
    if (newerImage) console.log(`\nMachines could boot a newer image, ${newerImage}: make apply IMAGE=newest`);
    assertNoOutage(plan);
    await image?.follow(() => undefined);
  });
});

await run(program);
