import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';

/** The folder of configuration and certificate in nginx's root file system. */
export const settingsFolder = '/etc/balancer';

/** The load balancer: an nginx whose configuration is replaced while it runs. */
export class NginxBalancer {
  readonly #root: string;
  readonly #sockets: number[];
  #process: ChildProcess | undefined;
  #configuration = '';
  #turn: Promise<void> = Promise.resolve();

  /** `root` is the file system that nginx is installed in; `sockets` listen outside of this network namespace. */
  constructor(root: string, sockets: number[]) {
    this.#root = root;
    this.#sockets = sockets;
  }

  /** Replaces the configuration; requests under way end under the old one. Rejects an invalid one and keeps the old one. */
  use(configuration: string): Promise<void> {
    // One after another, because two at once would write the same file.
    const turn = this.#turn.catch(() => undefined).then(() => this.#replace(configuration));
    this.#turn = turn;
    return turn;
  }

  async #replace(configuration: string): Promise<void> {
    if (configuration === this.#configuration) return;
    const settings = join(this.#root, settingsFolder);
    await writeFile(join(settings, 'next.conf'), configuration);
    await execa('chroot', [this.#root, 'nginx', '-t', '-q', '-c', `${settingsFolder}/next.conf`], { stdin: 'ignore' });
    await rename(join(settings, 'next.conf'), join(settings, 'nginx.conf'));
    if (this.#process) this.#process.kill('SIGHUP');
    else await this.#start();
    this.#configuration = configuration;
  }

  /** Stops nginx after the requests under way. */
  async stop(): Promise<void> {
    await this.#turn.catch(() => undefined);
    if (!this.#process) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGQUIT');
    await ended;
  }

  // nginx inherits listening sockets through the variable NGINX, as when its program is upgraded.
  async #start(): Promise<void> {
    const descriptors = this.#sockets.map((_, index) => index + 3);
    const started = spawn('chroot', [this.#root, 'nginx', '-g', 'daemon off;', '-c', `${settingsFolder}/nginx.conf`], {
      stdio: ['ignore', 2, 2, ...this.#sockets],
      env: { PATH: process.env.PATH, NGINX: `${descriptors.join(';')};` },
    });
    this.#process = started;
    // The next configuration starts nginx again after it has ended.
    const ended = once(started, 'exit').then(() => {
      this.#process = undefined;
      this.#configuration = '';
    });
    await Promise.race([ended, untilReady(join(this.#root, 'run/balancer.pid'))]);
    if (!this.#process) throw new Error('nginx ended instead of starting');
  }
}

// Before nginx has written its process id, a SIGHUP would end it.
async function untilReady(pidFile: string): Promise<void> {
  for (let attempt = 0; attempt < 100 && !existsSync(pidFile); attempt++) await delay(50);
}
