import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { identify, isAlive } from '../common/processes.ts';

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
type Holder = z.infer<typeof holderSchema>;

const pollMilliseconds = 1000;

/**
 * Runs `work` while no other command holds the lock file at `path`, so that one command at a time plans or changes a stage.
 * Reports whom it waits for; the lock of a command that was killed counts for nothing.
 */
export async function withStageLock<T>(
  path: string,
  command: string,
  report: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  await acquire(path, describeSelf(command), report);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string, own: Holder, report: (line: string) => void): Promise<void> {
  while (!(await create(path, own))) {
    const text = await readFile(path, 'utf8').catch(unlessMissing);
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder && mayRun(holder)) {
      report(waitingFor(holder, path));
      await delay(pollMilliseconds);
    } else await removeStale(path, text);
  }
}

// A link, because a file that is created in its place could be read before it is written.
async function create(path: string, holder: Holder): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, JSON.stringify(holder));
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

// Another command may have done the same and created its own lock meanwhile, which is put back.
async function removeStale(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const isMoved = await rename(path, aside).then(() => true, unlessMissing);
  if (!isMoved) return;
  if ((await readFile(aside, 'utf8')) !== text) await link(aside, path);
  await rm(aside, { force: true });
}

function describeSelf(command: string): Holder {
  const own = identify(process.pid) ?? { pid: process.pid, startTicks: '' };
  const since = new Date().toISOString();
  return { command, process: own, user: userInfo().username, host: hostname(), since };
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

// Nothing is known here about processes of another host that shares the folder.
function mayRun({ host, process }: Holder): boolean {
  return host !== hostname() || isAlive(process);
}

function waitingFor({ command, process, user, host, since }: Holder, path: string): string {
  const holder = `\`${command}\` of ${user} on ${host} (process ${process.pid}, since ${since})`;
  const elsewhere = host === hostname() ? '' : `; if it has ended, remove ${path}`;
  return `Waiting for ${holder}${elsewhere}`;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
