import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { planFile } from '../paths.ts';

// Beside the plan: the checksum of the synthesis that it was made from.
function digestFile(stage: string): string {
  return `${planFile(stage)}.sha256`;
}

/** Remembers that the stage's plan file was made from the synthesis with this digest. */
export async function rememberPlan(stage: string, digest: string): Promise<void> {
  await writeFile(digestFile(stage), digest);
}

/** True where `make plan` left a plan of exactly this synthesis. */
export async function hasPlanOf(stage: string, digest: string): Promise<boolean> {
  if (!existsSync(planFile(stage)) || !existsSync(digestFile(stage))) return false;
  return (await readFile(digestFile(stage), 'utf8')) === digest;
}

/** A plan is applied once. */
export async function forgetPlan(stage: string): Promise<void> {
  await rm(planFile(stage), { force: true });
  await rm(digestFile(stage), { force: true });
}
