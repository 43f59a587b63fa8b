import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult, Machine } from '../machine/machine.ts';
import { type Task, type TaskOptions, taskOf } from './task.ts';

export interface WaitSettings extends TaskOptions {
  /** The command that must succeed. */
  until: readonly string[];
  /** Timeout. */
  seconds: number;
  /** Milliseconds between two attempts. */
  every?: number;
  /** The command whose output explains a timeout. */
  explain?: readonly string[];
}

/** Waits until a command succeeds; fails with the command's last output. */
export function wait(settings: WaitSettings): Task {
  return taskOf('wait', settings, async (machine) => ({
    diff: `wait: ${settings.until.join(' ')}`,
    observes: true,
    apply: () => waitFor(machine, settings),
  }));
}

async function waitFor(machine: Machine, settings: WaitSettings): Promise<undefined> {
  const deadline = performance.now() + settings.seconds * 1000;
  for (;;) {
    const last = await machine.run(settings.until, { timeoutSeconds: settings.seconds });
    if (last.status === 0) return undefined;
    if (performance.now() >= deadline) throw new Error(await timeoutMessage(machine, settings, last));
    await sleep(settings.every ?? 100);
  }
}

async function timeoutMessage(machine: Machine, settings: WaitSettings, last: CommandResult): Promise<string> {
  const summary = `${settings.until.join(' ')}: expected status 0 within ${settings.seconds} s, got ${last.status}`;
  const explanation = settings.explain ? (await machine.run(settings.explain)).output : '';
  return [summary, last.output, explanation].filter(Boolean).join('\n').trimEnd();
}
