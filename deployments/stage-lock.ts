import { hostname, userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { identify } from '../common/processes.ts';

const holderSchema = z.object({
  /** Such as `make apply`. */
  command: z.string(),
  process: z.object({ pid: z.int(), startTicks: z.string() }),
  user: z.string(),
  host: z.string(),
  /** ISO 8601, UTC. */
  since: z.string(),
});

/** The command that holds the lock of a stage. */
export type Holder = z.infer<typeof holderSchema>;

/** A lock that was found. */
export interface FoundLock {
  /** Tells it apart from another one. */
  text: string;
  /** Undefined where the content cannot be read as one. */
  holder: Holder | undefined;
  /** True where its holder was killed. */
  isAbandoned: boolean;
}

/** Where a lock is kept. Creation and removal each succeed for one of several commands. */
export interface LockStore {
  /** How a person removes the lock. */
  readonly removal: string;
  /** Returns false where there is a lock. */
  create(text: string): Promise<boolean>;
  read(): Promise<FoundLock | undefined>;
  /** Removes this lock, and no other one. */
  remove(found: FoundLock): Promise<void>;
  /** Removes the lock that was created. */
  release(): Promise<void>;
}

const pollMilliseconds = 1000;

/**
 * Runs `work` while no other command holds a lock in one of the stores, so that one command at a time plans or changes a
 * stage. Reports whom it waits for; the lock of a command that was killed counts for nothing.
 */
export async function withStageLock<T>(
  [store, ...others]: readonly LockStore[],
  command: string,
  report: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  if (!store) return work();
  await acquire(store, describeSelf(command), report);
  try {
    return await withStageLock(others, command, report, work);
  } finally {
    await store.release();
  }
}

async function acquire(store: LockStore, own: Holder, report: (line: string) => void): Promise<void> {
  while (!(await store.create(JSON.stringify(own)))) {
    const found = await store.read();
    if (!found) continue;
    if (!found.holder || found.isAbandoned) await store.remove(found);
    else {
      report(waitingFor(found.holder, store));
      await delay(pollMilliseconds);
    }
  }
}

function describeSelf(command: string): Holder {
  const own = identify(process.pid) ?? { pid: process.pid, startTicks: '' };
  const since = new Date().toISOString();
  return { command, process: own, user: userInfo().username, host: hostname(), since };
}

/** Reads who holds a lock. */
export function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function waitingFor({ command, process, user, host, since }: Holder, { removal }: LockStore): string {
  const holder = `\`${command}\` of ${user} on ${host} (process ${process.pid}, since ${since})`;
  const elsewhere = host === hostname() ? '' : `; if it has ended, ${removal}`;
  return `Waiting for ${holder}${elsewhere}`;
}
