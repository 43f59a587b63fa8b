import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeOf } from '../../rehearsal/place.ts';
import { stopCloud } from '../../rehearsal/stop.ts';
import type { Stage } from '../../stages/load.ts';
import { checkout, stateFile } from '../paths.ts';

// There while Terraform applies to the rehearsal. One that an apply finds was left by an apply that was killed.
const marker = join(checkout, 'state', 'applying');

/**
 * Starts over after an apply of the rehearsal that was killed: what it was creating just then may be in the emulated
 * account and not in the state, and an account that costs nothing is better made anew than mended.
 */
export async function recover(stage: Stage, report: (line: string) => void): Promise<void> {
  if (stage.settings.cloud !== 'rehearsal' || !existsSync(marker)) return;
  report('The last apply was cut off. The rehearsal starts afresh.');
  await stopCloud(placeOf(checkout));
  await rm(stateFile(stage.name), { force: true });
  await rm(marker, { force: true });
}

/** Runs `apply`; only when this process is killed meanwhile does the marker stay. */
export async function marked(stage: Stage, apply: () => Promise<void>): Promise<void> {
  if (stage.settings.cloud !== 'rehearsal') return apply();
  await mkdir(join(marker, '..'), { recursive: true });
  await writeFile(marker, `${process.pid}\n`);
  try {
    await apply();
  } finally {
    await rm(marker, { force: true });
  }
}
