import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf, endProcess, isAlive } from '../common/processes.ts';
import { CloudClient } from './client.ts';
import { removeGroups } from './machines/cgroups.ts';
import type { Place } from './place.ts';
import { type Registration, registered, unregister } from './registration.ts';

/** How long the cloud may take to power its machines off before it is ended. */
const patienceMilliseconds = 30_000;

/** Stops the cloud of this checkout and removes all that it made but its certificate and logs. */
export async function stopCloud(place: Place): Promise<void> {
  const registration = await registered(place);
  if (registration) {
    await new CloudClient(place, registration).stop().catch(() => undefined);
    await untilGone(registration, patienceMilliseconds);
  }
  await sweep(place);
}

/** Removes what a cloud leaves that ended without being asked to: the kernel keeps its control groups. */
export async function sweep(place: Place): Promise<void> {
  const registration = await registered(place);
  if (registration) await end(registration);
  await removeGroups(place.cgroup);
  await unregister(place);
}

/** Removes the folder of a stopped cloud as well: logs, certificate. */
export async function forgetCloud(place: Place): Promise<void> {
  await rm(place.folder, { recursive: true, force: true });
}

// The outermost process first, then the one it started: with that, the kernel ends all others of its namespace.
async function end(registration: Registration): Promise<void> {
  const { pid } = registration;
  for (const victim of [pid, ...childrenOf(pid)]) endProcess(victim);
  await untilGone(registration, patienceMilliseconds);
}

async function untilGone(registration: Registration, patience: number): Promise<void> {
  const deadline = Date.now() + patience;
  while (isAlive(registration) && Date.now() < deadline) await delay(100);
}
