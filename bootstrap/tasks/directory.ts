import { type Ownership, ownershipDiff, setOwnership } from './ownership.ts';
import { type Task, type TaskOptions, taskOf } from './task.ts';

/** A directory with its owner, group and mode. */
export function directory(settings: TaskOptions & Ownership & { path: string }): Task {
  const { path } = settings;
  return taskOf('directory', settings, async (machine) => {
    const lines = await ownershipDiff(machine.files, path, settings);
    if (lines.length === 0) return undefined;
    return {
      diff: [path, ...lines].join('\n'),
      apply: async () => {
        await machine.files.makeDirectory(path);
        await setOwnership(machine.files, path, settings);
        return undefined;
      },
    };
  });
}
