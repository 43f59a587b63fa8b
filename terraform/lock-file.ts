import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { readTerraformBlock, type TerraformBlock } from './synthesis.ts';

/** The name of the lock file in the folder of a stack. */
export const lockFileName = '.terraform.lock.hcl';

/**
 * Runs `init` in the folder of a stack under the kept lock file, which holds the checksums of the provider, and keeps the
 * result. A lock file of another version of the provider is not used: the stack names the version.
 */
export async function withLockFile<T>(stack: string, kept: string, init: () => Promise<T>): Promise<T> {
  const path = join(stack, lockFileName);
  const text = await readFile(kept, 'utf8').catch(unlessMissing);
  if (text !== undefined && isOf(text, await readTerraformBlock(stack))) await copyFile(kept, path);
  else await rm(path, { force: true });
  const result = await init();
  const locked = await readFile(path, 'utf8').catch(unlessMissing);
  if (locked !== undefined && locked !== text) await writeFileWhole(kept, locked);
  return result;
}

function isOf(lock: string, { required_providers: { aws } }: TerraformBlock): boolean {
  return lock.split('\n').some((line) => line.replaceAll(/\s/g, '') === `version="${aws.version}"`);
}
