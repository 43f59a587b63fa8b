import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';

const name = '.terraform.lock.hcl';

/**
 * Runs `init` in the folder of a stack under the kept lock file, which holds the checksums of the provider, and keeps the
 * result. A lock file of another version of the provider is not used: the stack names the version.
 */
export async function withLockFile<T>(stack: string, kept: string, init: () => Promise<T>): Promise<T> {
  const path = join(stack, name);
  const text = await readFile(kept, 'utf8').catch(unlessMissing);
  if (text !== undefined && isOf(text, await providerVersion(stack))) await copyFile(kept, path);
  else await rm(path, { force: true });
  const result = await init();
  const locked = await readFile(path, 'utf8').catch(unlessMissing);
  if (locked !== undefined && locked !== text) await writeFileWhole(kept, locked);
  return result;
}

async function providerVersion(stack: string): Promise<string> {
  const { terraform } = JSON.parse(await readFile(join(stack, 'cdk.tf.json'), 'utf8'));
  return terraform.required_providers.aws.version;
}

function isOf(lock: string, version: string): boolean {
  return lock.split('\n').some((line) => line.replaceAll(/\s/g, '') === `version="${version}"`);
}
