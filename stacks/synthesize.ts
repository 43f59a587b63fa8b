import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { App } from 'cdktf';
import { sha256 } from '../common/checksum.ts';
import { stateFile, synthesisFolder } from '../common/paths.ts';
import type { Stage } from '../stages/load.ts';
import { IntentStack, type IntentStackProps } from './intent-stack.ts';
import { stackFolder, stackName } from './stack-name.ts';

/** Writes the stage's Terraform into cdktf.out, makes the folder of its local state, and returns Terraform's folder. */
export async function synthesizeStage(
  stage: Stage,
  props: Omit<IntentStackProps, 'stage' | 'stateFile'>,
): Promise<string> {
  const file = stateFile(stage.name);
  await mkdir(dirname(file), { recursive: true });
  return synthesize({ stage, ...props, stateFile: file }, synthesisFolder);
}

/** Writes the stage's Terraform below `output` and returns the folder that Terraform runs in. */
export function synthesize(props: IntentStackProps, output: string): string {
  const context = { excludeStackIdFromLogicalIds: 'true' };
  const app = new App({ outdir: output, skipBackendValidation: true, context });
  new IntentStack(app, stackName(props.stage), props);
  app.synth();
  return stackFolder(props.stage, output);
}

/** Returns the SHA-256 of the Terraform in the folder of a stack; the same for the same synthesis. */
export async function synthesisDigest(folder: string): Promise<string> {
  return sha256(await readFile(join(folder, 'cdk.tf.json')));
}
