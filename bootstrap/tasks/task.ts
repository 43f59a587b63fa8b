import type { Facts } from '../facts.ts';
import type { Machine } from '../machine/machine.ts';

export type TaskKind =
  | 'assert'
  | 'package'
  | 'user'
  | 'directory'
  | 'file'
  | 'template'
  | 'symlink'
  | 'unit'
  | 'command'
  | 'wait'
  | 'verify';

/** The difference between a machine and what a task wants of it. */
export interface Change {
  /** The difference as text, for `--diff`. */
  diff?: string;
  /** Set when applying only observes the machine: it counts as ok, and `--check` skips it. */
  observes?: true;
  /** Makes the change; may return output worth keeping. */
  apply(): Promise<string | undefined>;
}

/** The options of every kind of task. */
export interface TaskOptions {
  /** One sentence in the imperative. */
  name: string;
  /** Handlers that run once when this task has changed something. */
  notify?: readonly Task[];
  /** Further tags beside the name of the role. */
  tags?: readonly string[];
  /** The task is skipped unless this holds. */
  when?: (facts: Facts) => boolean;
  /** Set when diff and output may hold a secret: neither is ever shown or stored. */
  sensitive?: true;
}

/** One desired property of a machine. A handler is a task that runs only when another one notifies it. */
export interface Task extends TaskOptions {
  kind: TaskKind;
  /** The change that is needed; undefined when the machine is already as wanted. Changes nothing itself. */
  plan(machine: Machine, facts: Facts): Promise<Change | undefined>;
}

/** Stands between tasks where the notified handlers run, instead of at the end. */
export const flushHandlers = Symbol('flush handlers');

/** Tasks that belong together, in their order. */
export interface Role {
  name: string;
  tasks: readonly (Task | typeof flushHandlers)[];
}

/** The roles and handlers of a machine, both in the order in which they run. */
export interface Play {
  roles: readonly Role[];
  handlers: readonly Task[];
}

/** A task of a kind; of the settings it keeps those that every kind has. */
export function taskOf(kind: TaskKind, settings: TaskOptions, plan: Task['plan']): Task {
  const { name, notify, tags, when, sensitive } = settings;
  return {
    kind,
    name,
    ...(notify && { notify }),
    ...(tags && { tags }),
    ...(when && { when }),
    ...(sensitive && { sensitive }),
    plan,
  };
}
