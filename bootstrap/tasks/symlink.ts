import { type Task, type TaskOptions, taskOf } from './task.ts';

/** A symbolic link that moves from one target to the next in one step. */
export function symlink(settings: TaskOptions & { path: string; target: string }): Task {
  const { path, target } = settings;
  return taskOf('symlink', settings, async ({ files }) => {
    const found = await files.readLink(path);
    if (found === target) return undefined;
    return {
      diff: `${path} -> ${found ?? 'none'}\n${path} -> ${target}`,
      apply: async () => {
        await files.link(path, target);
        return undefined;
      },
    };
  });
}
