import { mkdir } from 'node:fs/promises';
import { type Ownership, own, ownershipDiff } from './ownership.ts';
import { type Common, common, type Task } from './task.ts';

/** A directory that exists and belongs to whom it should. */
export function directory(settings: Common & Ownership & { path: string }): Task {
  const { path } = settings;
  return {
    kind: 'directory',
    ...common(settings),
    plan: async (machine) => {
      const lines = await ownershipDiff(machine, path, settings);
      if (lines.length === 0) return undefined;
      return {
        diff: [path, ...lines].join('\n'),
        apply: async () => {
          await mkdir(machine.path(path), { recursive: true });
          await own(machine, path, settings);
          return undefined;
        },
      };
    },
  };
}
