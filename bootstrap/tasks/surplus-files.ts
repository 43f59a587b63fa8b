import { join } from 'node:path';
import { type Machine, succeed } from '../machine/machine.ts';
import { type Task, type TaskOptions, taskOf } from './task.ts';

/** The files of a folder except those to keep, removed. */
export function surplusFiles(settings: TaskOptions & { folder: string; keep: readonly string[] }): Task {
  const { folder, keep } = settings;
  return taskOf('file', settings, async (machine) => {
    const surplus = (await filesIn(machine, folder)).filter((name) => !keep.includes(name));
    if (surplus.length === 0) return undefined;
    const paths = surplus.map((name) => join(folder, name));
    return {
      diff: paths.map((path) => `${path} -> none`).join('\n'),
      apply: async () => {
        for (const path of paths) await machine.files.remove(path);
        return undefined;
      },
    };
  });
}

async function filesIn(machine: Machine, folder: string): Promise<string[]> {
  if (!(await machine.files.attributes(folder))) return [];
  const find = ['find', folder, '-maxdepth', '1', '-type', 'f', '-printf', '%f\\n'];
  return (await succeed(machine, find)).split('\n').filter(Boolean);
}
