import { chmod, rename, writeFile } from 'node:fs/promises';

/** A file of metrics for node exporter, which reads whatever ends with `.prom`: a draft beside it ends with something else. */
export class MetricsFile {
  readonly #path: string;
  readonly #report: (sentence: string) => void;
  #isFailing = false;

  constructor(path: string, report: (sentence: string) => void) {
    this.#path = path;
    this.#report = report;
  }

  /** Replaces the file as a whole. That it fails is said once, until it succeeds: lines matter more than their number. */
  async write(text: string): Promise<void> {
    const draft = `${this.#path}.new`;
    try {
      await writeFile(draft, text);
      // The unit's umask lets nobody else read what it writes.
      await chmod(draft, 0o644);
      await rename(draft, this.#path);
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#report(`metrics are not written: ${(error as Error).message}`);
      this.#isFailing = true;
    }
  }
}
