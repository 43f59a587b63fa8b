import { existsSync } from 'node:fs';
import { UserError } from '../common/errors.ts';
import { stackFolder } from '../stacks/stack-name.ts';
import type { Stage } from '../stages/load.ts';

/** Returns the folder that Terraform runs in for a stage that was planned in this checkout. */
export function plannedStack(stage: Stage): string {
  const stack = stackFolder(stage);
  if (existsSync(stack)) return stack;
  throw new UserError(`${stage.name} was never planned in this checkout. Plan it with: make plan STAGE=${stage.name}`);
}
