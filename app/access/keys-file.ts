import { type Stats, unwatchFile, watchFile } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Reloadable } from '../reload/reloadable.ts';
import { type KeyRing, readKeyRing } from './key-ring.ts';

const intervalMilliseconds = 2000;

/**
 * The file of the API keys. What keeps it current renames a new one into its place where the keys have changed, and sets its time of
 * modification where they have not.
 */
export class KeysFile {
  readonly keys: Reloadable<KeyRing>;
  readonly #path: string;
  #readAt: Date;
  #listener: ((now: Stats, before: Stats) => void) | undefined;

  private constructor(path: string, keys: Reloadable<KeyRing>, readAt: Date) {
    this.#path = path;
    this.keys = keys;
    this.#readAt = readAt;
  }

  /** Reads the file for the first time. */
  static async open(path: string): Promise<KeysFile> {
    const keys = await Reloadable.open(() => readKeyRing(path));
    return new KeysFile(path, keys, (await stat(path)).mtime);
  }

  /** When the keys were last known to be those of the stage. */
  get readAt(): Date {
    return this.#readAt;
  }

  /** Calls back when another file is in its place, until `stop`. */
  watch(onChange: () => void): void {
    this.#listener = (now, before) => {
      // A file that is missing has no time.
      if (now.mtimeMs > 0) this.#readAt = now.mtime;
      if (now.ino !== before.ino) onChange();
    };
    watchFile(this.#path, { interval: intervalMilliseconds, persistent: false }, this.#listener);
  }

  stop(): void {
    if (this.#listener) unwatchFile(this.#path, this.#listener);
  }
}
