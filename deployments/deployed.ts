import { UserError } from '../common/errors.ts';
import { type Outputs, parseOutputs } from '../stacks/outputs.ts';
import type { Stage } from '../stages/load.ts';
import { type CloudTarget, requireCloudTarget } from './cloud-target.ts';
import { readStateOutputs } from './state-outputs.ts';

/** The deployment of a stage, according to its state. */
export interface Deployed {
  stage: Stage;
  target: CloudTarget;
  outputs: Outputs;
}

/** Finds the deployment of a stage; without one, the error says what to do. */
export async function findDeployed(stage: Stage): Promise<Deployed> {
  const target = await requireCloudTarget(stage);
  const outputs = await readStateOutputs(stage);
  if (outputs) return { stage, target, outputs: parseOutputs(outputs) };
  throw new UserError(`Nothing is deployed in ${stage.name}. Deploy with: make apply STAGE=${stage.name}`);
}
