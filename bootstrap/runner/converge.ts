import type { Machine } from '../machine.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { Handlers } from './handlers.ts';
import { type Recap, type Status, summarize, type TaskResult } from './recap.ts';

export interface ConvergeOptions {
  release: string;
  /** Find out what would change, and change nothing. */
  check?: boolean;
  /** Only the tasks with one of these tags; the name of a role is a tag of all its tasks. */
  tags?: readonly string[];
  /** Told of each task when it is over. */
  report?: (result: TaskResult) => void;
}

/** Makes a machine what the roles say, task by task, and stops at the first that fails. */
export async function converge(machine: Machine, roles: readonly Role[], options: ConvergeOptions): Promise<Recap> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  refuseUnknownTags(roles, options.tags);
  const tasks = await new Run(machine, await Handlers.open(machine, roles), options).play(roles);
  const milliseconds = Math.round(performance.now() - started);
  return summarize({ release: options.release, check: options.check ?? false, startedAt, milliseconds, tasks });
}

/** All tags that a list of roles knows. */
export function knownTags(roles: readonly Role[]): string[] {
  const ofTasks = roles.flatMap(({ tasks }) =>
    tasks.flatMap((task) => (task === flushHandlers ? [] : (task.tags ?? []))),
  );
  return [...new Set([...roles.map(({ name }) => name), ...ofTasks])].sort();
}

function refuseUnknownTags(roles: readonly Role[], tags: readonly string[] = []): void {
  const known = knownTags(roles);
  const unknown = tags.find((tag) => !known.includes(tag));
  if (unknown !== undefined) throw new Error(`--tags: expected some of ${known.join(', ')}, got ${unknown}.`);
}

class Run {
  readonly #machine: Machine;
  readonly #handlers: Handlers;
  readonly #options: ConvergeOptions;
  readonly #results: TaskResult[] = [];

  constructor(machine: Machine, handlers: Handlers, options: ConvergeOptions) {
    this.#machine = machine;
    this.#handlers = handlers;
    this.#options = options;
  }

  async play(roles: readonly Role[]): Promise<TaskResult[]> {
    const steps = roles.flatMap(({ name, tasks }) => tasks.map((task) => ({ role: name, task })));
    for (const { role, task } of [...steps, { role: '', task: flushHandlers }]) {
      const goOn = task === flushHandlers ? await this.#flush() : await this.#step(role, task as Task);
      if (!goOn) break;
    }
    return this.#results;
  }

  async #step(role: string, task: Task): Promise<boolean> {
    if (!this.#chosen(role, task)) return true;
    const status = await this.#perform(role, task);
    if (status === 'changed' && !this.#options.check) await this.#handlers.notify(task.notify);
    return status !== 'failed';
  }

  async #flush(): Promise<boolean> {
    if (this.#options.check) return true;
    for (const { role, task } of this.#handlers.pending) {
      if ((await this.#perform(role, task)) === 'failed') return false;
      await this.#handlers.done(task.name);
    }
    return true;
  }

  #chosen(role: string, task: Task): boolean {
    const { tags } = this.#options;
    return tags === undefined || [role, ...(task.tags ?? [])].some((tag) => tags.includes(tag));
  }

  async #perform(role: string, task: Task): Promise<Status> {
    const started = performance.now();
    const outcome = await this.#outcome(task);
    const milliseconds = Math.round(performance.now() - started);
    const result = { role, task: task.name, kind: task.kind, ...outcome, milliseconds };
    this.#results.push(result);
    this.#options.report?.(result);
    return outcome.status;
  }

  async #outcome(task: Task): Promise<Pick<TaskResult, 'status' | 'diff' | 'output'>> {
    try {
      const change = await task.plan(this.#machine);
      if (change === undefined) return { status: 'ok' };
      const diff = change.diff === undefined || change.observes ? {} : { diff: change.diff };
      if (this.#options.check) return { status: change.observes ? 'skipped' : 'changed', ...diff };
      const output = await change.apply();
      return { status: change.observes ? 'ok' : 'changed', ...diff, ...(output ? { output } : {}) };
    } catch (error) {
      return { status: 'failed', output: error instanceof Error ? error.message : String(error) };
    }
  }
}
