import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { childrenOf, endProcess } from '../../common/processes.ts';
import { systemClock } from '../clock.ts';
import type { DesiredInstance } from '../emulator/desired-state.ts';
import { mountOverlay, overlayRoot } from '../image/overlay.ts';
import { machineNetwork, withoutMachineNetwork } from '../network/commands.ts';
import { runAll } from '../run.ts';
import { createGroups, removeGroups } from './cgroups.ts';
import { type MachineCommand, machineCommand } from './command.ts';
import { recordConsole } from './console.ts';
import { diskMount, usableMemory, withoutDisk } from './disk.ts';
import { keepLogs } from './records.ts';

export interface NspawnMachineProps
  extends Pick<DesiredInstance, 'id' | 'address' | 'cidr' | 'diskGigabytes' | 'memoryMebibytes'> {
  /** The base image's root file system, which stays unchanged. */
  image: string;
  /** The parent of its control groups. */
  cgroup: string;
  /** The folder for its console output and, after its removal, its logs. */
  records: string;
}

/** The operations on the host that a machine needs. */
export type MachineHost = typeof thisHost;

const thisHost = {
  /** The folder in which the machines' disks are mounted; the kernel removes them with the mount namespace. */
  folder: '/run/machines',
  memoryBytes: usableMemory(),
  run: runAll,
  createGroups,
  removeGroups,
  start: spawnMachine,
  clock: systemClock,
};

/** The file of a machine's console in the folder of its records. */
export const consoleFile = 'console.log';

const powerOffTimeoutMilliseconds = 15_000;

/** A machine: systemd in a container of systemd-nspawn, over a copy-on-write view of the base image. */
export class NspawnMachine {
  /** Its root file system. */
  readonly root: string;
  readonly #props: NspawnMachineProps;
  readonly #host: MachineHost;
  readonly #folder: string;
  readonly #cgroup: string;
  #process: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();

  private constructor(props: NspawnMachineProps, host: MachineHost) {
    this.#props = props;
    this.#host = host;
    this.#folder = join(host.folder, props.id);
    this.root = overlayRoot(this.#folder);
    this.#cgroup = `${props.cgroup}/${props.id}`;
  }

  /** Starts a machine; if that fails, removes what it has made so far. */
  static async boot(props: NspawnMachineProps, host: MachineHost = thisHost): Promise<NspawnMachine> {
    const machine = new NspawnMachine(props, host);
    try {
      await machine.#start();
      return machine;
    } catch (error) {
      await machine.#discard();
      throw error;
    }
  }

  async #start(): Promise<void> {
    const { id, address, cidr, diskGigabytes, memoryMebibytes, image, records } = this.#props;
    const { run, createGroups, start, memoryBytes } = this.#host;
    for (const folder of [records, this.#folder]) await mkdir(folder, { recursive: true });
    await run([diskMount(this.#folder, diskGigabytes, memoryBytes)]);
    await mountOverlay(image, this.#folder, run);
    await run(machineNetwork(id, address, cidr));
    await createGroups(this.#cgroup, memoryMebibytes * 2 ** 20);
    this.#process = start(machineCommand(id, this.root, this.#cgroup), join(records, consoleFile));
    this.#ended = once(this.#process, 'exit');
  }

  /** Calls back once, when the machine has ended for any reason. */
  onEnd(callback: () => void): void {
    void this.#ended.then(callback);
  }

  /** Shuts the machine down, or kills it after a timeout, and removes what it used. */
  async powerOff(): Promise<void> {
    this.#process?.kill('SIGTERM');
    await Promise.race([this.#ended, this.#host.clock.delay(powerOffTimeoutMilliseconds)]);
    await this.remove();
  }

  /** Kills the machine, as the failure of its host would: systemd-nspawn's child is the machine's first process. */
  async crash(): Promise<void> {
    for (const pid of childrenOf(this.#process?.pid ?? 0)) endProcess(pid);
  }

  /** Removes what an ended machine used, except for its logs. */
  async remove(): Promise<void> {
    await this.#host.removeGroups(this.#cgroup);
    await keepLogs(join(this.root, 'var/log'), join(this.#props.records, 'log'));
    await this.#discard();
  }

  // After a boot that failed, some of this does not exist.
  async #discard(): Promise<void> {
    const { run, removeGroups } = this.#host;
    await removeGroups(this.#cgroup);
    await Promise.allSettled([run(withoutMachineNetwork(this.#props.id)), run([withoutDisk(this.#folder)])]);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function spawnMachine({ program, parameters, environment }: MachineCommand, consoleFile: string): ChildProcess {
  const started = spawn(program, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...environment },
  });
  recordConsole(consoleFile, started.stdout, started.stderr);
  return started;
}
