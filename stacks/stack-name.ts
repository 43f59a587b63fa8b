import { join } from 'node:path';
import { synthesisFolder } from '../common/paths.ts';
import type { Stage } from '../stages/load.ts';

/** Returns the name of a stage's stack, of its folder in cdktf.out and of its resources. */
export function stackName(stage: Stage): string {
  return `${stage.settings.name}-${stage.name}`;
}

/** Returns the folder that Terraform runs in for a stage, whether it exists or not. */
export function stackFolder(stage: Stage, output = synthesisFolder): string {
  return join(output, 'stacks', stackName(stage));
}
