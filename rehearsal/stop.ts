import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf, endProcess, identify, isAlive } from '../common/processes.ts';
import { CloudClient } from './client.ts';
import { removeGroups } from './machines/cgroups.ts';
import type { Place } from './place.ts';
import { type Registration, registered, unregister } from './registration.ts';

/** How long the cloud may take to power its machines off before it is killed. */
const stopTimeoutMilliseconds = 30_000;

/** Stops the cloud of a place and removes all that it made, except for its folder. */
export async function stopCloud(place: Place): Promise<void> {
  const registration = await registered(place);
  if (registration) {
    const isStopping = await new CloudClient(place, registration).stop().then(
      () => true,
      () => false,
    );
    if (isStopping) await untilEnded(registration);
  }
  await sweep(place);
}

/** Kills the cloud of a place if it runs, and removes its control groups, which the kernel keeps. */
export async function sweep(place: Place): Promise<void> {
  const registration = await registered(place);
  if (registration) await kill(registration);
  await removeGroups(place.cgroup);
  await unregister(place);
}

/** Stops the cloud of a place and removes all that it made, also its folder with the logs and the certificate. */
export async function removeCloud(place: Place): Promise<void> {
  await stopCloud(place);
  await rm(place.folder, { recursive: true, force: true });
}

// The outermost process is unshare; with its child, the first of the process namespace, the kernel kills all others.
async function kill(registration: Registration): Promise<void> {
  const { pid } = registration;
  const children = childrenOf(pid).map(identify);
  for (const process of [pid, ...childrenOf(pid)]) endProcess(process);
  // A child of a killed process may live a moment longer.
  for (const process of [registration, ...children]) if (process) await untilEnded(process);
}

async function untilEnded(process: Parameters<typeof isAlive>[0]): Promise<void> {
  const deadline = Date.now() + stopTimeoutMilliseconds;
  while (isAlive(process) && Date.now() < deadline) await delay(100);
}
