import { prepareCloudTarget } from '../deployments/cloud-target.ts';
import { findImage } from '../deployments/machine-image.ts';
import { readStateOutputs } from '../deployments/state-outputs.ts';
import { synthesizeStage } from '../stacks/synthesize.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { packStage, packStageMonitoring, trainStage } from './steps/release.ts';

const program = createCommand(
  'synth',
  "Write a stage's Terraform into cdktf.out. STAGE=<name> chooses the stage.",
).action(async () => {
  const stage = await loadStage(stageName());
  // Silent: the cdktf CLI runs this, and takes each line on the error output for an error.
  const report = () => undefined;
  const release = await packStage(await trainStage(stage, report), report);
  const monitoring = await packStageMonitoring(stage, report);
  const { site, access } = await prepareCloudTarget(stage, report);
  const inService = (await readStateOutputs(stage))?.image as string | undefined;
  const { image } = await findImage(access, { filter: stage.settings.fleet.image, inService, newest: false });
  console.log(await synthesizeStage(stage, { release, monitoring, site, image }));
});

await run(program);
