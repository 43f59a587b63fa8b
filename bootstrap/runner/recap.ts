import type { Facts } from '../facts.ts';
import type { TaskKind } from '../tasks/task.ts';

export type Status = 'ok' | 'changed' | 'skipped' | 'failed';

/** The result of one task. */
export interface TaskResult {
  role: string;
  task: string;
  kind: TaskKind;
  status: Status;
  milliseconds: number;
  diff?: string;
  output?: string;
}

/** The result of a run; it is written beside the log for those who read it from outside the machine. */
export interface Recap {
  format: 1;
  release: string;
  check: boolean;
  startedAt: string;
  milliseconds: number;
  ok: number;
  changed: number;
  skipped: number;
  failed: number;
  /** Missing where the run failed before they were gathered. */
  facts?: Facts;
  tasks: TaskResult[];
}

/** Counts the results of a run. */
export function summarize(run: Omit<Recap, 'format' | Status>): Recap {
  const count = (status: Status) => run.tasks.filter((task) => task.status === status).length;
  const { tasks, facts, ...rest } = run;
  const counts = { ok: count('ok'), changed: count('changed'), skipped: count('skipped'), failed: count('failed') };
  return { format: 1, ...rest, ...counts, ...(facts && { facts }), tasks };
}

/** One line for a task; below it the difference that it made, or the reason of its failure. */
export function taskLines(result: TaskResult, options: { diff: boolean }): string {
  const time = `${result.milliseconds} ms`.padStart(9);
  const line = `${result.status.padEnd(7)} ${time}  ${result.role}: ${result.task}`;
  const diff = options.diff && result.diff ? [indent(result.diff)] : [];
  const output = result.status === 'failed' && result.output ? [indent(result.output)] : [];
  return [line, ...diff, ...output].join('\n');
}

/** The last line of a run. */
export function totalLine(recap: Recap): string {
  const { ok, changed, skipped, failed, milliseconds } = recap;
  const seconds = (milliseconds / 1000).toFixed(1);
  const checked = recap.check ? ' (check mode: nothing was changed)' : '';
  return `recap: ok=${ok} changed=${changed} skipped=${skipped} failed=${failed} in ${seconds} s${checked}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
