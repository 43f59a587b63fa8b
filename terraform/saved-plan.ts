import { readFile, rm } from 'node:fs/promises';
import { sha256 } from '../common/checksum.ts';
import { writeFileWhole } from '../common/write-file.ts';

// Beside the plan: checksums of the synthesis that it was made from and of the plan itself, so that no other plan,
// such as one that destroys, is ever taken for it.
function seal(file: string): string {
  return `${file}.sha256`;
}

async function sealOf(file: string, digest: string): Promise<string> {
  return `${digest} ${sha256(await readFile(file))}\n`;
}

/** Remembers that the plan in `file` was made from the synthesis with this digest. */
export async function rememberPlan(file: string, digest: string): Promise<void> {
  await writeFileWhole(seal(file), await sealOf(file, digest));
}

/** True where `file` holds a plan of exactly this synthesis, as it was remembered. */
export async function hasPlanOf(file: string, digest: string): Promise<boolean> {
  try {
    return (await readFile(seal(file), 'utf8')) === (await sealOf(file, digest));
  } catch {
    return false;
  }
}

/** A plan is applied once, however that ends: another apply after it must not find this one. */
export async function spendPlan(file: string): Promise<void> {
  await rm(seal(file), { force: true });
}

/** Removes the plan. */
export async function forgetPlan(file: string): Promise<void> {
  await spendPlan(file);
  await rm(file, { force: true });
}
