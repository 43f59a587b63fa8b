import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { isAlive } from '../common/processes.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { type FoundLock, type LockStore, parseHolder } from './stage-lock.ts';

/** A lock in a file: for the commands of one checkout. */
export class LockFile implements LockStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  get removal(): string {
    return `remove ${this.#path}`;
  }

  // A link, because a file that is created in its place could be read before it is written.
  async create(text: string): Promise<boolean> {
    const draft = `${this.#path}.${randomUUID()}`;
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFile(draft, text);
    try {
      await link(draft, this.#path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  async read(): Promise<FoundLock | undefined> {
    const text = await readFile(this.#path, 'utf8').catch(unlessMissing);
    if (text === undefined) return undefined;
    const holder = parseHolder(text);
    // Nothing is known here about processes of another host that shares the folder.
    return { text, holder, isAbandoned: holder?.host === hostname() && !isAlive(holder.process) };
  }

  // Another command may have done the same and created its own lock meanwhile, which is put back.
  async remove({ text }: FoundLock): Promise<void> {
    const aside = `${this.#path}.${randomUUID()}`;
    const isMoved = await rename(this.#path, aside).then(() => true, unlessMissing);
    if (!isMoved) return;
    if ((await readFile(aside, 'utf8')) !== text) await link(aside, this.#path);
    await rm(aside, { force: true });
  }

  async release(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}
