import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf, endProcess } from '../../common/processes.ts';
import { machineNetwork, withoutMachineNetwork } from '../network/commands.ts';
import { runAll } from '../run.ts';
import { groupPaths, removeGroups } from './cgroups.ts';
import { machineCommand } from './command.ts';

export interface MachineProps {
  /** The instance's id, which is the machine's name. */
  id: string;
  address: string;
  /** The network that the address belongs to. */
  cidr: string;
  /** The base image's root file system, which is only read. */
  image: string;
  /** Prefix of its control groups. */
  cgroup: string;
  /** Where its console and, when it is gone, its logs are kept. */
  records: string;
}

/** How long a machine may take to power off before it is cut off. */
const powerOffMilliseconds = 15_000;

/** One booted machine: systemd in a container of its own, over a copy-on-write view of the base image. */
export class Machine {
  readonly startedAt = new Date();
  readonly props: MachineProps;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(props: MachineProps, process: ChildProcess) {
    this.props = props;
    this.#process = process;
    this.#ended = once(process, 'exit');
  }

  static async boot(props: MachineProps): Promise<Machine> {
    await mkdir(props.records, { recursive: true });
    try {
      await mountRoot(props);
      await runAll(machineNetwork(props.id, props.address, props.cidr));
      await Promise.all(groupPaths(cgroupOf(props)).map((path) => mkdir(path, { recursive: true })));
      return new Machine(props, start(props));
    } catch (error) {
      await discard(props);
      throw error;
    }
  }

  /** Its root file system, as it sees it. */
  get root(): string {
    return rootOf(this.props.id);
  }

  /** Calls back once, when the machine has ended for whatever reason. */
  onEnd(callback: () => void): void {
    void this.#ended.then(callback);
  }

  /** Powers it off as a person would, or cuts it off when that takes too long, and removes all that it had. */
  async powerOff(): Promise<void> {
    this.#process.kill('SIGTERM');
    await Promise.race([this.#ended, delay(powerOffMilliseconds, undefined, { ref: false })]);
    await this.remove();
  }

  /** Ends it at once, as a broken host would. */
  async crash(): Promise<void> {
    for (const pid of childrenOf(this.#process.pid ?? 0)) endProcess(pid);
  }

  /** Removes what an ended machine leaves; its logs are kept. */
  async remove(): Promise<void> {
    await removeGroups(cgroupOf(this.props));
    await this.#keepLogs();
    await discard(this.props);
  }

  async #keepLogs(): Promise<void> {
    const kept = join(this.props.records, 'log');
    await cp(join(this.root, 'var/log'), kept, { recursive: true, force: true, errorOnExist: false }).catch(
      () => undefined,
    );
  }
}

// A boot that failed midway has only some of this.
async function discard(props: MachineProps): Promise<void> {
  await removeGroups(cgroupOf(props));
  await Promise.allSettled([runAll(withoutMachineNetwork(props.id)), runAll([['umount', '--lazy', rootOf(props.id)]])]);
  await rm(folderOf(props.id), { recursive: true, force: true });
}

function folderOf(id: string): string {
  return `/run/machines/${id}`;
}

function rootOf(id: string): string {
  return join(folderOf(id), 'root');
}

function cgroupOf({ cgroup, id }: MachineProps): string {
  return `${cgroup}/${id}`;
}

// /run is the rehearsal's own tmpfs: what a machine writes goes when the rehearsal goes, however it ends.
async function mountRoot({ id, image }: MachineProps): Promise<void> {
  const folder = folderOf(id);
  const [upper, work, root] = ['upper', 'work', 'root'].map((name) => join(folder, name)) as [string, string, string];
  for (const path of [upper, work, root]) await mkdir(path, { recursive: true });
  await runAll([
    ['mount', '-t', 'overlay', 'overlay', '-o', `lowerdir=${image},upperdir=${upper},workdir=${work}`, root],
  ]);
}

function start(props: MachineProps): ChildProcess {
  const { program, parameters, environment } = machineCommand({
    name: props.id,
    root: rootOf(props.id),
    cgroup: cgroupOf(props),
  });
  const console = openSync(join(props.records, 'console.log'), 'w');
  try {
    return spawn(program, parameters, {
      stdio: ['ignore', console, console],
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...environment },
    });
  } finally {
    closeSync(console);
  }
}
