import { existsSync } from 'node:fs';
import { UserError } from '../common/errors.ts';
import { stageName } from '../scripts/command-line/command.ts';
import type { Outputs } from '../stacks/outputs.ts';
import { stackFolder } from '../stacks/synthesize.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { Terraform } from '../terraform/terraform.ts';
import { accessEnvironment } from './access.ts';
import { type CloudTarget, findCloudTarget } from './cloud-target.ts';

/** What a stage has in service. */
export interface Deployed {
  stage: Stage;
  target: CloudTarget;
  terraform: Terraform;
  outputs: Outputs;
}

/** Finds what the stage has in service, by its state; says what to do where there is nothing. */
export async function findDeployed(): Promise<Deployed> {
  const stage = await loadStage(stageName());
  const target = await findCloudTarget(stage);
  if (!target) throw new UserError('The rehearsal is not running. Start it with: make apply');
  const terraform = existingTerraform(stage, target);
  const outputs = await terraform.outputs();
  if (!outputs)
    throw new UserError(`Nothing is deployed in ${stage.name}. Deploy with: make apply STAGE=${stage.name}`);
  return { stage, target, terraform, outputs };
}

function existingTerraform(stage: Stage, target: CloudTarget): Terraform {
  const stack = stackFolder(stage);
  if (existsSync(stack)) return new Terraform(stack, accessEnvironment(target.access, process.env));
  throw new UserError(`${stage.name} was never planned in this checkout. Plan it with: make plan STAGE=${stage.name}`);
}
