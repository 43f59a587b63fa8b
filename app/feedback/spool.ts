import { randomUUID } from 'node:crypto';
import { chmod, link, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeedbackRecord } from '../../common/feedback/record.ts';

/** Some 4 MB. What stores feedback empties it every few seconds, unless its store does not answer. */
const mostFiles = 10_000;

/** The folder in which feedback waits until it is stored: a file for each prediction, of which the first feedback counts. */
export class Spool {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps a feedback; one on a prediction that already has one changes nothing. */
  async add(record: FeedbackRecord): Promise<'kept' | 'known' | 'full'> {
    if ((await readdir(this.#folder)).length >= mostFiles) return 'full';
    const draft = join(this.#folder, `.${randomUUID()}`);
    try {
      await writeFile(draft, `${JSON.stringify(record)}\n`);
      // The unit's umask lets nobody else read it, but its group stores it.
      await chmod(draft, 0o640);
      await link(draft, join(this.#folder, `${record.prediction}.json`));
      return 'kept';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return 'known';
    } finally {
      await rm(draft, { force: true });
    }
  }
}
