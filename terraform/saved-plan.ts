import { readFile, rm } from 'node:fs/promises';
import { sha256 } from '../common/checksum.ts';
import { writeFileWhole } from '../common/write-file.ts';

// Lies beside the plan and holds the checksums of its synthesis and of the plan itself and its time, so that no other plan, such as one
// that destroys, is applied in its place.
function recordFile(file: string): string {
  return `${file}.sha256`;
}

async function recordOf(file: string, digest: string): Promise<string> {
  return `${digest} ${sha256(await readFile(file))}`;
}

/** Records that the plan in `file` was made at a time, from the synthesis with this digest. */
export async function savePlanDigest(file: string, digest: string, madeAt: Date): Promise<void> {
  await writeFileWhole(recordFile(file), `${await recordOf(file, digest)} ${madeAt.toISOString()}\n`);
}

/** Returns when the recorded plan was made, which is part of its synthesis; undefined without one. */
export async function savedPlanTime(file: string): Promise<Date | undefined> {
  const [, , time = ''] = (await readRecord(file)).trim().split(' ');
  const madeAt = new Date(time);
  return Number.isNaN(madeAt.getTime()) ? undefined : madeAt;
}

/** True where `file` holds the recorded plan of exactly this synthesis. */
export async function hasPlanOf(file: string, digest: string): Promise<boolean> {
  try {
    return (await readRecord(file)).startsWith(`${await recordOf(file, digest)} `);
  } catch {
    return false;
  }
}

// Empty without one, or where it cannot be read.
async function readRecord(file: string): Promise<string> {
  return readFile(recordFile(file), 'utf8').catch(() => '');
}

/** Removes the record before an apply: a plan is applied at most once, however the apply ends. */
export async function invalidatePlan(file: string): Promise<void> {
  await rm(recordFile(file), { force: true });
}

/** Removes the plan and its record. */
export async function deletePlan(file: string): Promise<void> {
  await invalidatePlan(file);
  await rm(file, { force: true });
}
