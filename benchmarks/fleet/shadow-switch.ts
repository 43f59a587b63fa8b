import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../common/errors.ts';
import { readProcess } from '../../common/processes.ts';
import { currentFile } from '../../shadow/current.ts';
import { descendantsRunning } from '../descendants.ts';
import type { MeasuredMachine } from './machine.ts';

// Workers look for a shadow every 2 s, and a shadow for its release.
const settlingMilliseconds = 5000;
const longestSeconds = 90;

/** Ends and starts the shadow of a machine within seconds, as its parameter does within half a minute. */
export class ShadowSwitch {
  readonly #machine: MeasuredMachine;
  readonly #folder: string;

  constructor(machine: MeasuredMachine) {
    this.#machine = machine;
    this.#folder = join(`/proc/${machine.rehearsal}/root/run/machines`, machine.id, 'root/var/lib/intent-fleet-shadow');
  }

  /** What fetches releases stands still meanwhile: it would put back what this takes away. */
  hold(): void {
    this.#signalFetcher('SIGSTOP');
  }

  async release(): Promise<void> {
    await this.#move('aside', currentFile).catch(() => undefined);
    this.#signalFetcher('SIGCONT');
  }

  async off(): Promise<void> {
    await this.#move(currentFile, 'aside');
    await this.#until(() => this.#pids(workers).length === 0);
  }

  async on(): Promise<void> {
    await this.#move('aside', currentFile);
    await this.#until(() => this.#pids(workers).length > 0);
  }

  #move(from: string, to: string): Promise<void> {
    return rename(join(this.#folder, from), join(this.#folder, to));
  }

  #signalFetcher(signal: NodeJS.Signals): void {
    for (const pid of this.#pids(/shadow\/fetch\.mjs/)) process.kill(pid, signal);
  }

  #pids(command: RegExp): number[] {
    const { rehearsal, id } = this.#machine;
    return descendantsRunning(rehearsal, command).filter((pid) => readProcess(pid, 'cgroup').includes(`/${id}/`));
  }

  async #until(isTrue: () => boolean): Promise<void> {
    for (const deadline = Date.now() + longestSeconds * 1000; !isTrue(); await delay(200))
      if (Date.now() > deadline) throw new UserError(`The shadow did not change within ${longestSeconds} s`);
    await delay(settlingMilliseconds);
  }
}

const workers = /^\/var\/lib\/intent-fleet-shadow\//;
