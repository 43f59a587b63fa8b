import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { placeOf } from '../../rehearsal/place.ts';
import { endProcess, identify, isAlive, type ProcessIdentity } from '../../rehearsal/processes.ts';
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
  await endOrphan();
  await stopCloud(placeOf(checkout));
  await rm(stateFile(stage.name), { force: true });
  await rm(marker, { force: true });
}

// Terraform goes on by itself when the command above it is killed; with its provider it is a process group.
async function endOrphan(): Promise<void> {
  const terraform = await readMarker();
  if (terraform && isAlive(terraform)) endProcess(-terraform.pid);
}

async function readMarker(): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(marker, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Told of Terraform's process when it runs. */
export type OnStart = (pid: number) => void;

/** Runs `apply`; only when this process is killed meanwhile does the marker stay, which names Terraform's. */
export async function marked(stage: Stage, apply: (onStart: OnStart) => Promise<void>): Promise<void> {
  if (stage.settings.cloud !== 'rehearsal') return apply(() => undefined);
  await mkdir(dirname(marker), { recursive: true });
  try {
    await apply((pid) => writeFileSync(marker, JSON.stringify(identify(pid) ?? {})));
  } finally {
    await rm(marker, { force: true });
  }
}
