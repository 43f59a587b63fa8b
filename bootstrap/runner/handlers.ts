import { z } from 'zod';
import type { Machine } from '../machine/machine.ts';
import { paths } from '../paths.ts';
import type { Play, Task } from '../tasks/task.ts';

// Names of notified handlers that have not run yet; kept for the next run when this one fails in between.
const pendingFile = `${paths.state}/pending-handlers.json`;

/** The notified handlers of a run; each runs once, in the order in which the play lists them. */
export class PendingHandlers {
  readonly #machine: Machine;
  readonly #play: Play;
  readonly #check: boolean;
  readonly #names: Set<string>;

  private constructor(machine: Machine, play: Play, names: Set<string>, check: boolean) {
    this.#machine = machine;
    this.#play = play;
    this.#names = names;
    this.#check = check;
  }

  /** Starts with the handlers that an earlier run left pending; check mode keeps nothing on the machine. */
  static async open(machine: Machine, play: Play, check: boolean): Promise<PendingHandlers> {
    refuseUnlisted(play);
    const names = parsePending(await machine.files.read(pendingFile), play);
    return new PendingHandlers(machine, play, new Set(names), check);
  }

  async notify(handlers: readonly Task[] = []): Promise<void> {
    const before = this.#names.size;
    for (const { name } of handlers) this.#names.add(name);
    if (this.#names.size > before) await this.#save();
  }

  get tasks(): Task[] {
    return this.#play.handlers.filter(({ name }) => this.#names.has(name));
  }

  async done({ name }: Task): Promise<void> {
    this.#names.delete(name);
    await this.#save();
  }

  async #save(): Promise<void> {
    if (!this.#check) await this.#machine.files.write(pendingFile, JSON.stringify([...this.#names]), 0o644);
  }
}

// A damaged file hides which handlers are due: all of them run, which is never wrong. A name that the play does not list
// belongs to another release and is dropped.
function parsePending(text: string | undefined, { handlers }: Play): string[] {
  const names = handlers.map(({ name }) => name);
  try {
    const pending = z.array(z.string()).parse(JSON.parse(text ?? '[]'));
    return names.filter((name) => pending.includes(name));
  } catch {
    return names;
  }
}

function refuseUnlisted({ roles, handlers }: Play): void {
  for (const { name, tasks } of roles) {
    for (const task of tasks) {
      if (typeof task === 'symbol') continue;
      const unlisted = task.notify?.find((handler) => !handlers.includes(handler));
      if (unlisted)
        throw new Error(`${name}: ${task.name}: notifies "${unlisted.name}", which the play does not list.`);
    }
  }
}
