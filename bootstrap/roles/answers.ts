import type { Task } from '../tasks/task.ts';
import { wait } from '../tasks/wait.ts';

export interface AnswerSettings {
  /** The name of the task. */
  name: string;
  url: string;
  /** The only certificate that is trusted; undefined over plain HTTP. */
  certificate?: string | undefined;
  seconds: number;
  /** The unit whose last lines explain a failure, and how many of them. */
  unit: string;
  lines: number;
}

/** Waits until a program of this machine answers with a status below 400. */
export function untilAnswered({ name, url, certificate, seconds, unit, lines }: AnswerSettings): Task {
  const trust = certificate === undefined ? [] : ['--cacert', certificate];
  return wait({
    name,
    until: ['curl', '--silent', '--show-error', '--fail-with-body', '--max-time', '5', ...trust, url],
    seconds,
    explain: ['journalctl', '--no-pager', '--lines', String(lines), '--unit', unit],
  });
}
