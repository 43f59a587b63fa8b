import type { Machine } from '../machine.ts';

export type TaskKind = 'package' | 'user' | 'directory' | 'file' | 'template' | 'symlink' | 'unit' | 'command' | 'wait';

/** What stands between a machine and what a task wants of it. */
export interface Change {
  /** What would be different, for `--diff`. */
  diff?: string;
  /** Set when applying looks at the machine and leaves it as it is: it counts as ok, and `--check` skips it. */
  observes?: true;
  /** Makes it so, and hands back what is worth showing. */
  apply(): Promise<string | undefined>;
}

/** One sentence in the imperative, and how to find out what is missing for it to be true. */
export interface Task {
  kind: TaskKind;
  name: string;
  /** Handlers to run, once, when this task has changed something. */
  notify?: readonly string[];
  /** Further tags beside the name of the role. */
  tags?: readonly string[];
  /** The change that is needed, or undefined when the machine is already as wanted. Changes nothing itself. */
  plan(machine: Machine): Promise<Change | undefined>;
}

/** What every kind of task takes beside its own settings. */
export type Common = Pick<Task, 'name' | 'notify' | 'tags'>;

/** The part of a task's settings that is the same for every kind. */
export function common({ name, notify, tags }: Common): Common {
  return { name, ...(notify && { notify }), ...(tags && { tags }) };
}

/** Stands between tasks where the handlers that were notified so far have to run. */
export const flushHandlers = Symbol('flush handlers');

/** Tasks that belong together, in their order, and the handlers that they may notify. */
export interface Role {
  name: string;
  tasks: readonly (Task | typeof flushHandlers)[];
  handlers?: readonly Task[];
}
