import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { endProcess, identify, isAlive } from '../common/processes.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { TerraformKilledError } from '../terraform/terraform.ts';

const recordSchema = z.object({
  /** Terraform, which leads a process group with its provider; missing before it has started. */
  terraform: z.object({ pid: z.int(), startTicks: z.string() }).optional(),
});

type ChangeState = z.infer<typeof recordSchema>;

const pollMilliseconds = 250;

/**
 * A file that exists while Terraform changes a stage. One that a killed command has left means that resources may exist
 * which are not in the state.
 */
export class ChangeRecord {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Runs a change on record; the record stays when Terraform or this process is killed meanwhile. */
  async during<T>(change: (onStart: (terraformPid: number) => void) => Promise<T>): Promise<T> {
    this.#write({});
    try {
      const result = await change((pid) => this.#write({ terraform: identify(pid) }));
      await this.clear();
      return result;
    } catch (error) {
      if (!(error instanceof TerraformKilledError)) await this.clear();
      throw error;
    }
  }

  /**
   * Waits for a Terraform that has survived its command, which finishes and saves the state, and ends the provider of one
   * that was killed. Returns false without a record.
   */
  async settle(report: (line: string) => void): Promise<boolean> {
    const record = await this.#read();
    if (!record) return false;
    const { terraform } = record;
    if (!terraform) return true;
    while (isAlive(terraform)) {
      report(`Terraform (process ${terraform.pid}) of a command that was killed finishes its current operations`);
      await delay(pollMilliseconds);
    }
    // The group keeps its number as long as one of its processes runs; a new process with that number leads another group.
    if (!identify(terraform.pid)) endProcess(-terraform.pid);
    return true;
  }

  async clear(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  // A record that cannot be read says that something was changed, and nothing more.
  async #read(): Promise<ChangeState | undefined> {
    const text = await readFile(this.#path, 'utf8').catch(unlessMissing);
    if (text === undefined) return undefined;
    try {
      return recordSchema.parse(JSON.parse(text));
    } catch {
      return {};
    }
  }

  // Synchronous, because Terraform runs from the moment its id is known.
  #write(record: ChangeState): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.next`, JSON.stringify(record), { flush: true });
    renameSync(`${this.#path}.next`, this.#path);
  }
}
