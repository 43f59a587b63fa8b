import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult, Machine } from '../machine.ts';
import { type Common, common, type Task } from './task.ts';

export interface WaitSettings extends Common {
  /** The command whose success is waited for. */
  until: readonly string[];
  seconds: number;
  /** Milliseconds between two attempts. */
  every?: number;
  /** The command whose output tells why, when the wait is in vain. */
  explain?: readonly string[];
}

/** Waits until a command succeeds, or fails with the last thing it said. */
export function wait(settings: WaitSettings): Task {
  const plan: Task['plan'] = async (machine) => ({
    diff: `wait: ${settings.until.join(' ')}`,
    observes: true,
    apply: () => waitFor(machine, settings),
  });
  return { kind: 'wait', ...common(settings), plan };
}

async function waitFor(machine: Machine, settings: WaitSettings): Promise<undefined> {
  const deadline = performance.now() + settings.seconds * 1000;
  for (;;) {
    const last = await machine.run(settings.until, { timeoutSeconds: settings.seconds });
    if (last.status === 0) return undefined;
    if (performance.now() >= deadline) throw new Error(await inVain(machine, settings, last));
    await sleep(settings.every ?? 100);
  }
}

async function inVain(machine: Machine, settings: WaitSettings, last: CommandResult): Promise<string> {
  const said = `${settings.until.join(' ')}: expected status 0 within ${settings.seconds} s, got ${last.status}`;
  const why = settings.explain ? (await machine.run(settings.explain)).output : '';
  return [said, last.output, why].filter(Boolean).join('\n').trimEnd();
}
