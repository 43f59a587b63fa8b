import type { Answer } from '../faults/load.ts';

/** A line of a command's output. */
export interface Line {
  /** When it came, as a time of `performance`, in milliseconds. */
  at: number;
  text: string;
}

/** A step of a deployment that has changed something. */
export interface Step {
  title: string;
  beganAt: number;
  endedAt: number;
}

/** What was answered between a step and the one after it. */
export interface Served {
  title: string;
  seconds: number;
  /** Answers by release. */
  releases: Record<string, number>;
  /** Requests by status or error code, without those that were answered. */
  failed: Record<string, number>;
}

const firstApply = 'terraform apply';

/** Returns the steps in the output of a deployment, from the first apply on; what is waited for is none. */
export function stepsIn(lines: readonly Line[]): Step[] {
  const begun = new Map<string, number>();
  const steps = lines.flatMap(({ at, text }): Step[] => {
    const [, mark, title = ''] = /^\s*([❯✔✖]) (.+?)(?: \[[\d.]+(?:ms|s|m)?.*\])?$/.exec(text) ?? [];
    if (mark === '❯') begun.set(title, at);
    const beganAt = begun.get(title);
    return mark === '✔' && beganAt !== undefined ? [{ title, beganAt, endedAt: at }] : [];
  });
  const first = steps.findIndex(({ title }) => title === firstApply || title === 'What is deployed');
  return steps.slice(Math.max(first, 0)).filter(({ title }) => !/^(?:Wait|Build|Smoke test|Base image)/.test(title));
}

/** Returns what was answered after each step, up to the next one or the end. */
export function servedAfter(steps: readonly Step[], answers: readonly Answer[], end: number): Served[] {
  return steps.map(({ title, endedAt }, index) => {
    const until = steps[index + 1]?.beganAt ?? end;
    const between = answers.filter(({ at }) => at >= endedAt && at < until);
    return {
      title,
      seconds: (until - endedAt) / 1000,
      releases: counted(between.filter(isAnswered).map(({ release }) => release)),
      failed: counted(between.filter((answer) => !isAnswered(answer)).map(({ result }) => result)),
    };
  });
}

/** Returns the longest time in seconds in which no request was answered. */
export function longestOutage(answers: readonly Answer[]): number {
  const times = answers.filter(isAnswered).map(({ at }) => at);
  const gaps = times.map((at, index) => at - (times[index - 1] ?? at));
  return Math.max(0, ...gaps) / 1000;
}

/** The number of requests that were not answered. */
export function failedIn(answers: readonly Answer[]): number {
  return answers.filter((answer) => !isAnswered(answer)).length;
}

export function isAnswered({ result }: Answer): boolean {
  return result === '200';
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
