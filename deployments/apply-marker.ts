import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../common/errors.ts';
import { checkoutFolder, stateFile } from '../common/paths.ts';
import { endProcess, identify, isAlive, type ProcessIdentity } from '../common/processes.ts';
import { placeOf } from '../rehearsal/place.ts';
import { stopCloud } from '../rehearsal/stop.ts';
import type { Stage } from '../stages/load.ts';
import { TerraformKilledError } from '../terraform/terraform.ts';

/** The processes of an apply. */
interface Marker {
  command?: ProcessIdentity | undefined;
  terraform?: ProcessIdentity | undefined;
}

// Exists while Terraform applies to the rehearsal; one whose command has ended was left by an apply that was killed. The
// default stage's has always had a name of its own, so that later versions find the markers of earlier ones.
function markerOf(root: string, { name }: Stage): string {
  return join(root, 'state', name === 'rehearsal' ? 'applying' : `applying-${name}`);
}

/**
 * Starts the rehearsal over after an apply that was killed: resources that Terraform was creating may be in the emulated
 * account and not in the state.
 */
export async function recoverKilledApply(
  stage: Stage,
  report: (line: string) => void,
  root = checkoutFolder,
): Promise<void> {
  const marker = markerOf(root, stage);
  if (stage.settings.cloud !== 'rehearsal' || !existsSync(marker)) return;
  const { command, terraform } = await readMarker(marker);
  if (command && isAlive(command)) {
    throw new UserError(`Process ${command.pid} is changing this rehearsal. Wait until it is done, or end it.`);
  }
  report('The last apply was killed. The rehearsal starts over.');
  // Terraform and its provider are a process group, which survives the command that started it.
  if (terraform && isAlive(terraform)) endProcess(-terraform.pid);
  await stopCloud(placeOf(root, stage.name));
  await rm(stateFile(stage.name, root), { force: true });
  await rm(marker, { force: true });
}

async function readMarker(marker: string): Promise<Marker> {
  try {
    return JSON.parse(await readFile(marker, 'utf8')) as Marker;
  } catch {
    return {};
  }
}

/** Receives the id of Terraform's process. */
export type OnStart = (pid: number) => void;

/** Runs `apply` with a marker that names this process and Terraform; it stays when one of them is killed meanwhile. */
export async function withApplyMarker(
  stage: Stage,
  apply: (onStart: OnStart) => Promise<void>,
  root = checkoutFolder,
): Promise<void> {
  if (stage.settings.cloud !== 'rehearsal') return apply(() => undefined);
  const marker = markerOf(root, stage);
  const command = identify(process.pid);
  mkdirSync(dirname(marker), { recursive: true });
  try {
    await apply((pid) => writeMarker(marker, { command, terraform: identify(pid) }));
  } catch (error) {
    if (!(error instanceof TerraformKilledError)) await rm(marker, { force: true });
    throw error;
  }
  await rm(marker, { force: true });
}

// Synchronous, because Terraform runs from the moment its id is known.
function writeMarker(path: string, marker: Marker): void {
  writeFileSync(`${path}.next`, JSON.stringify(marker), { flush: true });
  renameSync(`${path}.next`, path);
}
