import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../common/errors.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import type { Store } from './store.ts';

/** What a create that was killed leaves behind; nobody reads it. */
const unfinished = '.unfinished';

/** A registry in a folder of this computer. */
export class FolderStore implements Store {
  readonly place: string;

  constructor(folder: string) {
    this.place = folder;
  }

  async list(prefix: string): Promise<string[]> {
    try {
      const names = (await readdir(join(this.place, prefix)).catch(unlessMissing)) ?? [];
      return names.filter((name) => !name.endsWith(unfinished)).map((name) => `${prefix}${name}`);
    } catch (error) {
      throw refusedAt(join(this.place, prefix), error);
    }
  }

  async read(key: string): Promise<Buffer | undefined> {
    try {
      return await readFile(join(this.place, key)).catch(unlessMissing);
    } catch (error) {
      throw refusedAt(join(this.place, key), error);
    }
  }

  // A link is made as a whole, and unlike a rename it replaces nothing.
  async create(key: string, content: Buffer): Promise<boolean> {
    const path = join(this.place, key);
    const beside = `${path}.${randomBytes(6).toString('hex')}${unfinished}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeSynced(beside, content);
      return await linked(beside, path);
    } catch (error) {
      throw refusedAt(path, error);
    } finally {
      await rm(beside, { force: true }).catch(() => undefined);
    }
  }
}

// Such as a file in the place of a folder, or a file system without links.
function refusedAt(path: string, error: unknown): UserError {
  return new UserError(`${path}: ${(error as Error).message}`, { cause: error });
}

async function writeSynced(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
