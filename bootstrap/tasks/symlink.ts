import { symlink as link, mkdir, readlink, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Machine } from '../machine.ts';
import { type Common, common, type Task } from './task.ts';

/** A symbolic link that is moved from one target to the next in a single step. */
export function symlink(settings: Common & { path: string; target: string }): Task {
  const { path, target } = settings;
  return {
    kind: 'symlink',
    ...common(settings),
    plan: async (machine) => {
      const found = await readlink(machine.path(path)).catch(() => undefined);
      if (found === target) return undefined;
      return { diff: `${path} -> ${found ?? 'none'}\n${path} -> ${target}`, apply: () => move(machine, path, target) };
    },
  };
}

async function move(machine: Machine, path: string, target: string): Promise<undefined> {
  const next = machine.path(`${path}.next`);
  await mkdir(dirname(next), { recursive: true });
  await rm(next, { force: true });
  await link(target, next);
  await rename(next, machine.path(path));
}
