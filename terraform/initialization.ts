import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../common/checksum.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { lockFileName } from './lock-file.ts';
import { providerAddress } from './mirror.ts';
import { readTerraformBlock, type TerraformBlock } from './synthesis.ts';

export interface InitializationProps {
  /** The folder that Terraform runs in. */
  stack: string;
  /** The kept lock file of the stage. */
  lockFile: string;
  /** The mirror that the provider is installed from; undefined for the registry. */
  mirror: string | undefined;
}

/** Runs `init`, unless it was run before with the same provider, backend, lock file and mirror, and its result is there. */
export async function initializeOnce(props: InitializationProps, init: () => Promise<void>): Promise<void> {
  const { stack } = props;
  const record = join(stack, '.terraform/initialized');
  const block = await readTerraformBlock(stack);
  const done = await readFile(record, 'utf8').catch(unlessMissing);
  if (done === (await digestOf(block, props)) && (await isInstalled(block, stack))) return;
  await rm(record, { force: true });
  await init();
  await writeFileWhole(record, await digestOf(block, props));
}

/** The digest of all that the result of `init` depends on. */
async function digestOf(block: TerraformBlock, { stack, lockFile, mirror }: InitializationProps): Promise<string> {
  const locks = await Promise.all(
    [lockFile, join(stack, lockFileName)].map((path) => readFile(path, 'utf8').catch(unlessMissing)),
  );
  return sha256(JSON.stringify([block, mirror, ...locks]));
}

// The provider of a mirror is a symbolic link to it.
async function isInstalled({ required_providers: { aws } }: TerraformBlock, stack: string): Promise<boolean> {
  const folder = join(stack, '.terraform/providers', providerAddress, aws.version);
  const platforms = (await readdir(folder).catch(unlessMissing)) ?? [];
  return platforms.length > 0 && platforms.every((platform) => existsSync(join(folder, platform)));
}
