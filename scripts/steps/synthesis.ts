import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stateFile, synthesisFolder } from '../../common/paths.ts';
import type { ReleaseArchive } from '../../stacks/release-archive.ts';
import type { Site } from '../../stacks/site.ts';
import { stackName, synthesize } from '../../stacks/synthesize.ts';
import type { Stage } from '../../stages/load.ts';

/** The folder that Terraform runs in for a stage, synthesized or not. */
export function stackFolder(stage: Stage): string {
  return join(synthesisFolder, 'stacks', stackName(stage));
}

/** Writes the stage's Terraform and returns its folder. */
export async function synthesizeStage(stage: Stage, release: ReleaseArchive, site: Site): Promise<string> {
  const file = stateFile(stage.name);
  await mkdir(dirname(file), { recursive: true });
  return synthesize({ stage, release, site, stateFile: file }, synthesisFolder);
}

/** Tells one synthesis from another: the checksum of what Terraform reads. */
export async function synthesisDigest(stack: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(stack, 'cdk.tf.json')))
    .digest('hex');
}
