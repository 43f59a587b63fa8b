import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from '../common/processes.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { AccessKey } from './gateway/signature.ts';
import type { Place } from './place.ts';

/** What opens a running cloud. */
export interface CloudKeys {
  /** The bearer token of its control API. */
  token: string;
  /** The key that requests to AWS's API are signed with; a cloud of an earlier version accepts any. */
  accessKey?: AccessKey;
}

/** The running cloud of a place: its outermost process, and what opens it. */
export interface Registration extends ProcessIdentity, CloudKeys {}

function fileOf(place: Place): string {
  return join(place.folder, 'cloud.json');
}

/** Registers a started cloud, in a file that only its owner can read. */
export async function register(place: Place, pid: number, keys: CloudKeys): Promise<void> {
  const registration: Registration = { pid, startTicks: '', ...identify(pid), ...keys };
  await writeFileWhole(fileOf(place), JSON.stringify(registration), 0o600);
}

/** Returns the registered cloud, if its process is alive. */
export async function registered(place: Place): Promise<Registration | undefined> {
  // A file that cannot be read is treated like none; the next start overwrites it.
  const reading = readFile(fileOf(place), 'utf8').then((text) => JSON.parse(text) as Registration);
  const registration = await reading.catch(() => undefined);
  return registration && isAlive(registration) ? registration : undefined;
}

/** Tells whether a cloud is registered, also one that has ended by itself. */
export function isRegistered(place: Place): boolean {
  return existsSync(fileOf(place));
}

export async function unregister(place: Place): Promise<void> {
  await rm(fileOf(place), { force: true });
}
