import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcess } from '../../common/processes.ts';

const root = '/sys/fs/cgroup';

/** The controllers whose limits the systemd of a machine sets for its units. */
const delegated = ['memory', 'cpu', 'cpuacct', 'pids'];

/** Tells whether one hierarchy has all controllers (cgroup v2), instead of a hierarchy for each. */
export function isUnified(): boolean {
  return existsSync(join(root, 'cgroup.controllers'));
}

/** Returns the paths of the group `name`, one in each hierarchy. */
export function groupPaths(name: string): string[] {
  if (isUnified()) return [join(root, name)];
  const hierarchies = [...delegated, 'systemd', 'unified', 'freezer'].map((hierarchy) => join(root, hierarchy));
  return hierarchies.filter((path) => existsSync(path)).map((path) => join(path, name));
}

/** Returns the options of systemd-nspawn that show a machine its own groups; without them, limits set inside have no effect. */
export function cgroupFlags(name: string): string[] {
  if (isUnified()) return [];
  const binds = delegated
    .filter((controller) => existsSync(join(root, controller)))
    .map((controller) => `--bind=${join(root, controller, name)}:${join(root, controller)}`);
  return ['--tmpfs=/sys/fs/cgroup:mode=755', ...binds];
}

/** Creates the group `name` in every hierarchy; its processes together get so much memory, in bytes. */
export async function createGroups(name: string, memoryBytes: number): Promise<void> {
  await Promise.all(groupPaths(name).map((path) => mkdir(path, { recursive: true })));
  await limitMemory(name, memoryBytes);
}

/** Limits the memory of the group `name`; without a controller of memory, nothing does. */
export async function limitMemory(name: string, bytes: number, folder = root): Promise<void> {
  const files = [join(folder, 'memory', name, 'memory.limit_in_bytes'), join(folder, name, 'memory.max')];
  for (const file of files.filter(existsSync)) await writeFile(file, String(bytes));
}

/** Kills every process in the group `name` and the groups below it, and removes these groups as far as they exist. */
export async function removeGroups(name: string): Promise<void> {
  for (const path of groupPaths(name)) {
    if (!existsSync(path)) continue;
    await endProcesses(path);
    for (const group of await groupsBelow(path)) await removeGroup(group);
  }
}

async function endProcesses(path: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const pids = await processesBelow(path);
    if (pids.length === 0) return;
    for (const pid of pids) endProcess(pid);
    await delay(100);
  }
}

async function processesBelow(path: string): Promise<number[]> {
  const groups = await groupsBelow(path);
  const lists = await Promise.all(groups.map((group) => readFile(join(group, 'cgroup.procs'), 'utf8').catch(() => '')));
  return lists.flatMap((list) => list.split('\n').filter(Boolean).map(Number)).filter((pid) => pid > 0);
}

// The innermost first, in the order in which they can be removed.
async function groupsBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const inner = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => groupsBelow(join(path, entry.name))),
  );
  return [...inner.flat(), path];
}

// The kernel releases a group some milliseconds after its last process has ended.
async function removeGroup(path: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await rmdir(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY') throw error;
      await delay(50);
    }
  }
}

/** Returns the processor time that the group `name` has used, in seconds; undefined without a controller that counts it. */
export async function processorSeconds(name: string, folder = root): Promise<number | undefined> {
  const unified = await readFile(join(folder, name, 'cpu.stat'), 'utf8').catch(() => '');
  const microseconds = /^usage_usec (\d+)$/m.exec(unified)?.[1];
  if (microseconds) return Number(microseconds) / 1e6;
  const nanoseconds = await readFile(join(folder, 'cpuacct', name, 'cpuacct.usage'), 'utf8').catch(() => undefined);
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e9;
}
