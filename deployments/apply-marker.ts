import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../common/errors.ts';
import { checkoutFolder, stateFile } from '../common/paths.ts';
import { endProcess, identify, isAlive, type ProcessIdentity } from '../common/processes.ts';
import { placeOf } from '../rehearsal/place.ts';
import { stopCloud } from '../rehearsal/stop.ts';
import type { Stage } from '../stages/load.ts';
import { TerraformKilledError } from '../terraform/terraform.ts';

/** Who is applying to the rehearsal. */
interface Marker {
  command?: ProcessIdentity | undefined;
  terraform?: ProcessIdentity | undefined;
}

// There while Terraform applies to the rehearsal. One whose command has ended was left by an apply that was killed.
function markerOf(root: string): string {
  return join(root, 'state', 'applying');
}

/**
 * Starts over after an apply of the rehearsal that was killed: what it was creating just then may be in the emulated
 * account and not in the state, and an account that costs nothing is better made anew than mended.
 */
export async function recover(stage: Stage, report: (line: string) => void, root = checkoutFolder): Promise<void> {
  const marker = markerOf(root);
  if (stage.settings.cloud !== 'rehearsal' || !existsSync(marker)) return;
  const { command, terraform } = await read(marker);
  if (command && isAlive(command)) {
    throw new UserError(
      `Process ${command.pid} is changing this rehearsal just now. Wait until it is done, or end it.`,
    );
  }
  report('The last apply was cut off. The rehearsal starts afresh.');
  // Terraform goes on by itself when the command above it is killed; with its provider it is a process group.
  if (terraform && isAlive(terraform)) endProcess(-terraform.pid);
  await stopCloud(placeOf(root));
  await rm(stateFile(stage.name, root), { force: true });
  await rm(marker, { force: true });
}

// A marker that was cut off itself names nobody.
async function read(marker: string): Promise<Marker> {
  try {
    return JSON.parse(await readFile(marker, 'utf8')) as Marker;
  } catch {
    return {};
  }
}

/** Told of Terraform's process when it runs. */
export type OnStart = (pid: number) => void;

/** Runs `apply`; when this process or Terraform is killed meanwhile, the marker stays, which names both. */
export async function withApplyMarker(
  stage: Stage,
  apply: (onStart: OnStart) => Promise<void>,
  root = checkoutFolder,
): Promise<void> {
  if (stage.settings.cloud !== 'rehearsal') return apply(() => undefined);
  const marker = markerOf(root);
  const command = identify(process.pid);
  await mkdir(dirname(marker), { recursive: true });
  try {
    await apply((pid) => writeFileSync(marker, JSON.stringify({ command, terraform: identify(pid) })));
  } catch (error) {
    if (!(error instanceof TerraformKilledError)) await rm(marker, { force: true });
    throw error;
  }
  await rm(marker, { force: true });
}
