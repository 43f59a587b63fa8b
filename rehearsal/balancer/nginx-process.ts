import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf, endProcess } from '../../common/processes.ts';

/** How nginx's master process has ended. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const pollMilliseconds = 20;
const timeoutMilliseconds = 10_000;

/** A running nginx: a master process and its workers, in a process group of their own. */
export class NginxProcess {
  /** Resolves when the master process has ended and its workers are killed. */
  readonly ended: Promise<ProcessEnd>;
  readonly #master: ChildProcess;

  private constructor(master: ChildProcess) {
    this.#master = master;
    this.ended = endOf(master);
  }

  /** Starts nginx in the file system `root`; resolves when it takes signals. `sockets` listen already. */
  static async start(root: string, configuration: string, sockets: readonly number[]): Promise<NginxProcess> {
    const pidFile = join(root, 'run/balancer.pid');
    // A master process that was killed has left its own.
    await rm(pidFile, { force: true });
    // nginx inherits listening sockets through the variable NGINX, as when its program is upgraded.
    const descriptors = sockets.map((_, index) => `${index + 3};`);
    const master = spawn('chroot', [root, 'nginx', '-g', 'daemon off;', '-c', configuration], {
      detached: true,
      stdio: ['ignore', 2, 2, ...sockets],
      env: { PATH: process.env.PATH, NGINX: descriptors.join('') },
    });
    const nginx = new NginxProcess(master);
    // Before nginx has written its process id, a SIGHUP would end it.
    const isReady = await Promise.race([nginx.ended.then(() => false), until(() => existsSync(pidFile))]);
    if (isReady) return nginx;
    master.kill('SIGKILL');
    throw new Error('nginx ended instead of starting');
  }

  /** Loads the configuration; resolves when new workers use it. The old ones end after the requests under way. */
  async reload(): Promise<void> {
    const pid = this.#master.pid ?? 0;
    const before = new Set(childrenOf(pid));
    this.#master.kill('SIGHUP');
    const isLoaded = until(() => childrenOf(pid).some((child) => !before.has(child)));
    if (await Promise.race([this.ended.then(() => false), isLoaded])) return;
    throw new Error('nginx did not load the configuration');
  }

  /** Ends nginx after the requests under way. */
  async quit(): Promise<void> {
    this.#master.kill('SIGQUIT');
    await this.ended;
  }
}

// The workers of a killed master process would live on, with its last configuration and the listening sockets.
async function endOf(master: ChildProcess): Promise<ProcessEnd> {
  const [code = null, signal = null] = await once(master, 'exit').catch(() => []);
  if (master.pid) endProcess(-master.pid);
  return { code, signal };
}

async function until(isReached: () => boolean): Promise<boolean> {
  const deadline = Date.now() + timeoutMilliseconds;
  while (!isReached()) {
    if (Date.now() > deadline) return false;
    await delay(pollMilliseconds);
  }
  return true;
}
