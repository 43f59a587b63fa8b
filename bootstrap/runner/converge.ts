import { type Facts, gatherFacts } from '../facts.ts';
import type { Machine } from '../machine/machine.ts';
import { flushHandlers, type Play, type Task } from '../tasks/task.ts';
import { PendingHandlers } from './handlers.ts';
import { type Recap, type Status, summarize, type TaskResult } from './recap.ts';
import { isChosen, refuseUnknownTags } from './tags.ts';

export interface ConvergeOptions {
  release: string;
  /** Find out what would change, and change nothing. */
  check?: boolean;
  /** Only the tasks with one of these tags; the name of a role is a tag of all its tasks. */
  tags?: readonly string[];
  /** Receives the result of each task. */
  report?: (result: TaskResult) => void;
}

/** Runs a play task by task and stops at the first failure. */
export async function converge(machine: Machine, play: Play, options: ConvergeOptions): Promise<Recap> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  refuseUnknownTags(play, options.tags);
  const { release, check = false } = options;
  const facts = await gatherFacts(machine);
  const handlers = await PendingHandlers.open(machine, play, check);
  const tasks = await new Run({ machine, facts, handlers, options }).play(play);
  return summarize({ release, check, startedAt, milliseconds: millisecondsSince(started), facts, tasks });
}

interface RunProps {
  machine: Machine;
  facts: Facts;
  handlers: PendingHandlers;
  options: ConvergeOptions;
}

class Run {
  readonly #props: RunProps;
  readonly #results: TaskResult[] = [];

  constructor(props: RunProps) {
    this.#props = props;
  }

  async play({ roles }: Play): Promise<TaskResult[]> {
    const steps = roles.flatMap(({ name, tasks }) => tasks.map((task) => ({ role: name, task })));
    for (const { role, task } of [...steps, { role: '', task: flushHandlers }]) {
      const goOn = task === flushHandlers ? await this.#flush() : await this.#step(role, task as Task);
      if (!goOn) break;
    }
    return this.#results;
  }

  async #step(role: string, task: Task): Promise<boolean> {
    const { handlers, options } = this.#props;
    if (!isChosen({ role, task }, options.tags)) return true;
    const status = await this.#perform(role, task);
    if (status === 'changed') await handlers.notify(task.notify);
    return status !== 'failed';
  }

  async #flush(): Promise<boolean> {
    const { handlers } = this.#props;
    for (const task of handlers.tasks) {
      if ((await this.#perform('handler', task)) === 'failed') return false;
      await handlers.done(task);
    }
    return true;
  }

  async #perform(role: string, task: Task): Promise<Status> {
    const started = performance.now();
    const outcome = withoutSecrets(task, await this.#outcome(task));
    const milliseconds = millisecondsSince(started);
    const result = { role, task: task.name, kind: task.kind, ...outcome, milliseconds };
    this.#results.push(result);
    this.#props.options.report?.(result);
    return outcome.status;
  }

  async #outcome(task: Task): Promise<Outcome> {
    const { machine, facts, options } = this.#props;
    try {
      if (task.when && !task.when(facts)) return { status: 'skipped' };
      const change = await task.plan(machine, facts);
      if (change === undefined) return { status: 'ok' };
      const diff = change.diff === undefined || change.observes ? {} : { diff: change.diff };
      if (options.check) return { status: change.observes ? 'skipped' : 'changed', ...diff };
      const output = await change.apply();
      return { status: change.observes ? 'ok' : 'changed', ...diff, ...(output ? { output } : {}) };
    } catch (error) {
      return { status: 'failed', output: error instanceof Error ? error.message : String(error) };
    }
  }
}

type Outcome = Pick<TaskResult, 'status' | 'diff' | 'output'>;

const hidden = '(hidden: the task is sensitive)';

function withoutSecrets({ sensitive }: Task, { status, diff, output }: Outcome): Outcome {
  if (!sensitive) return { status, ...(diff && { diff }), ...(output && { output }) };
  return { status, ...(diff && { diff: hidden }), ...(output && { output: hidden }) };
}

function millisecondsSince(started: number): number {
  return Math.round(performance.now() - started);
}
