import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Machine } from '../machine.ts';
import type { Role, Task } from '../tasks/task.ts';

/** Names of handlers that were notified and have not run yet; kept over a run that fails between the two. */
const pendingFile = '/var/lib/intent-fleet/pending-handlers.json';

/** A handler and the role that it belongs to. */
export interface Handler {
  role: string;
  task: Task;
}

/** The handlers of a run: notified any number of times, run once, in the order in which they are declared. */
export class Handlers {
  readonly #machine: Machine;
  readonly #declared: Handler[];
  #pending: Set<string>;

  private constructor(machine: Machine, declared: Handler[], pending: Set<string>) {
    this.#machine = machine;
    this.#declared = declared;
    this.#pending = pending;
  }

  /** Takes up what an earlier run left undone. */
  static async open(machine: Machine, roles: readonly Role[]): Promise<Handlers> {
    const declared = roles.flatMap(({ name, handlers = [] }) => handlers.map((task) => ({ role: name, task })));
    refuseUnknown(roles, declared);
    const left = await readFile(machine.path(pendingFile), 'utf8').catch(() => '[]');
    return new Handlers(machine, declared, new Set(JSON.parse(left) as string[]));
  }

  async notify(names: readonly string[] = []): Promise<void> {
    const before = this.#pending.size;
    for (const name of names) this.#pending.add(name);
    if (this.#pending.size > before) await this.#save();
  }

  get pending(): Handler[] {
    return this.#declared.filter(({ task }) => this.#pending.has(task.name));
  }

  async done(name: string): Promise<void> {
    this.#pending.delete(name);
    await this.#save();
  }

  async #save(): Promise<void> {
    const path = this.#machine.path(pendingFile);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify([...this.#pending]));
  }
}

function refuseUnknown(roles: readonly Role[], declared: Handler[]): void {
  const known = new Set(declared.map(({ task }) => task.name));
  for (const { name, tasks } of roles) {
    for (const task of tasks) {
      if (typeof task === 'symbol') continue;
      const unknown = task.notify?.find((handler) => !known.has(handler));
      if (unknown) throw new Error(`${name}: ${task.name}: notifies "${unknown}", which no role has as a handler.`);
    }
  }
}
