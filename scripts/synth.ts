import { prepareCloudTarget } from '../deployments/cloud-target.ts';
import { findImage } from '../deployments/machine-image.ts';
import { readDeployment, servingRevision } from '../deployments/read-deployment.ts';
import { readStateOutputs } from '../deployments/state-outputs.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { synthesizeFor } from './steps/carrier.ts';
import { decideShipment } from './steps/decide.ts';
import { packStage, packStageMonitoring, provideModel } from './steps/release.ts';

const program = createCommand(
  'synth',
  "Write a stage's Terraform into cdktf.out. STAGE=<name> chooses the stage.",
).action(async () => {
  const stage = await loadStage(stageName());
  // Silent: the cdktf CLI runs this, and takes each line on the error output for an error.
  const report = () => undefined;
  const now = new Date();
  const artifact = await provideModel(stage, report);
  const packed = await packStage(artifact, report);
  const monitoring = await packStageMonitoring(stage, report);
  const target = await prepareCloudTarget(stage, report);
  const deployed = await readStateOutputs(stage);
  const before = await readDeployment(stage, deployed, now);
  const inService = servingRevision(before.deployment)?.image;
  const { image } = await findImage(target.access, { filter: stage.settings.fleet.image, inService, newest: false });
  const carrier = { stage, target, packed, monitoring, machineImage: image };
  const { shipment } = await decideShipment({ ...carrier, artifact, before, deployed, now });
  console.log(await synthesizeFor(carrier, shipment.first, { earlier: before.adopted?.earlier }));
});

await run(program);
