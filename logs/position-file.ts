import { readFile } from 'node:fs/promises';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';

/** The position up to which a source's lines are stored, in a file that is written beside its place and renamed. */
export class PositionFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Returns undefined before anything was stored. */
  async read(): Promise<string | undefined> {
    const text = await readFile(this.#path, 'utf8').catch(unlessMissing);
    return text?.trim() || undefined;
  }

  async write(position: string): Promise<void> {
    await writeFileWhole(this.#path, `${position}\n`, 0o600);
  }
}
