import { existsSync } from 'node:fs';
import { readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcess } from '../../common/processes.ts';

const root = '/sys/fs/cgroup';

/** The controllers whose limits a machine's own systemd sets for its units. */
const delegated = ['memory', 'cpu', 'cpuacct', 'pids'];

/** True where one hierarchy holds all controllers (cgroup v2); false where each has its own. */
export function isUnified(): boolean {
  return existsSync(join(root, 'cgroup.controllers'));
}

/** The hierarchies that a machine gets a group of its own in: paths below /sys/fs/cgroup. */
export function hierarchies(): string[] {
  if (isUnified()) return [root];
  return [...delegated, 'systemd', 'unified', 'freezer']
    .map((name) => join(root, name))
    .filter((path) => existsSync(path));
}

/** The group of `name` in each hierarchy. */
export function groupPaths(name: string): string[] {
  return hierarchies().map((hierarchy) => join(hierarchy, name));
}

/** What systemd-nspawn needs so that a machine sees its own groups, and limits set inside hold. */
export function cgroupFlags(name: string): string[] {
  if (isUnified()) return [];
  const binds = delegated
    .filter((controller) => existsSync(join(root, controller)))
    .map((controller) => `--bind=${join(root, controller, name)}:${join(root, controller)}`);
  return ['--tmpfs=/sys/fs/cgroup:mode=755', ...binds];
}

/** Ends every process in the groups of `name`, then removes the groups, the innermost first. Nothing there is fine. */
export async function removeGroups(name: string): Promise<void> {
  for (const path of groupPaths(name)) {
    if (!existsSync(path)) continue;
    await endProcesses(path);
    await removeTree(path);
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
  const folders = await groupsBelow(path);
  const lists = await Promise.all(
    folders.map((folder) => readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split('\n').filter(Boolean).map(Number)).filter((pid) => pid > 0);
}

async function groupsBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const inner = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => groupsBelow(join(path, entry.name))),
  );
  return [...inner.flat(), path];
}

async function removeTree(path: string): Promise<void> {
  for (const folder of await groupsBelow(path)) await removeGroup(folder);
}

// The kernel lets go of a group a moment after its last process has ended.
async function removeGroup(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await rmdir(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY') throw error;
      await delay(50);
    }
  }
}
