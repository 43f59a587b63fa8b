import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import { identify } from '../../common/processes.ts';

/** What a lock says of its holder: a command of this process. */
export function holderWith(overrides: { host: string } & Record<string, unknown>): string {
  return JSON.stringify({
    command: 'make apply',
    process: identify(process.pid),
    user: 'ann',
    since: '2026-01-01T00:00:00.000Z',
    ...overrides,
  });
}

/** Asserts that of some commands at once only one works at a time. */
export async function assertOneAtATime(
  t: ExecutionContext,
  hold: (work: () => Promise<void>) => Promise<void>,
  commands: number,
): Promise<void> {
  let running = 0;
  const work = async () => {
    t.is(++running, 1);
    await delay(20);
    running--;
  };
  await Promise.all(Array.from({ length: commands }, () => hold(work)));
}
