import { existsSync } from 'node:fs';
import { loadStage, type Stage } from '../stages/load.ts';
import { accessEnvironment } from './access.ts';
import { stageName, UserError } from './command.ts';
import { findGrounds, type Grounds } from './steps/site.ts';
import { stackFolder } from './steps/synthesis.ts';
import { type Outputs, Terraform } from './terraform/terraform.ts';

/** What a stage has in service. */
export interface Deployed {
  stage: Stage;
  grounds: Grounds;
  terraform: Terraform;
  outputs: Outputs;
}

/** Finds what the stage has in service, by its state; says what to do where there is nothing. */
export async function findDeployed(): Promise<Deployed> {
  const stage = await loadStage(stageName());
  const grounds = await findGrounds(stage);
  if (!grounds) throw new UserError('The rehearsal is not running. Start it with: make apply');
  const terraform = existingTerraform(stage, grounds);
  const outputs = await terraform.outputs();
  if (!outputs)
    throw new UserError(`Nothing is deployed in ${stage.name}. Deploy with: make apply STAGE=${stage.name}`);
  return { stage, grounds, terraform, outputs };
}

function existingTerraform(stage: Stage, grounds: Grounds): Terraform {
  const stack = stackFolder(stage);
  if (existsSync(stack)) return new Terraform(stack, accessEnvironment(grounds.access, process.env));
  throw new UserError(`${stage.name} was never planned in this checkout. Plan it with: make plan STAGE=${stage.name}`);
}
