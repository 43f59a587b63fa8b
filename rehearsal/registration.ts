import { existsSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from './place.ts';

/** The running cloud of a checkout: its outermost process and what proves that one may speak to it. */
export interface Registration {
  pid: number;
  /** When that process began, in the kernel's ticks: a later process with the same id has another. */
  startTicks: string;
  token: string;
}

function fileOf(place: Place): string {
  return join(place.folder, 'cloud.json');
}

export async function register(place: Place, pid: number, token: string): Promise<void> {
  const registration: Registration = { pid, startTicks: startTicksOf(pid) ?? '', token };
  const beside = `${fileOf(place)}.${process.pid}`;
  await writeFile(beside, JSON.stringify(registration), { mode: 0o600 });
  await rename(beside, fileOf(place));
}

/** The registered cloud if its process is alive. */
export async function registered(place: Place): Promise<Registration | undefined> {
  if (!existsSync(fileOf(place))) return undefined;
  const registration = JSON.parse(await readFile(fileOf(place), 'utf8')) as Registration;
  return isAlive(registration) ? registration : undefined;
}

export async function unregister(place: Place): Promise<void> {
  await rm(fileOf(place), { force: true });
}

export function isAlive({ pid, startTicks }: Registration): boolean {
  return startTicksOf(pid) === startTicks;
}

// The 22nd field of /proc/PID/stat; the second may hold spaces and ends with the last parenthesis.
function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
