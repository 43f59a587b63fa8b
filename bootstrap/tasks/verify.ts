import type { Machine } from '../machine/machine.ts';
import { type Task, type TaskOptions, taskOf } from './task.ts';

export interface VerifySettings extends TaskOptions {
  /** The file that says that everything is verified. */
  marker: string;
  /** Fails where the machine is not as expected; changes nothing on it. */
  verification: (machine: Machine) => Promise<void>;
}

/** Verifies the machine, unless a marker says that it has been verified. */
export function verify(settings: VerifySettings): Task {
  const { marker, verification } = settings;
  return taskOf('verify', settings, async (machine) => {
    if ((await machine.files.read(marker)) !== undefined) return undefined;
    return {
      observes: true,
      apply: async () => {
        await verification(machine);
        return undefined;
      },
    };
  });
}
