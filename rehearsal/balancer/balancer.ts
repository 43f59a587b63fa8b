import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { runAll } from '../run.ts';

export interface BalancerProps {
  /** The base image's root file system; nginx is installed into a copy-on-write view of it. */
  image: string;
  /** The certificate that it shows and its key, PEM files. */
  certificate: string;
  key: string;
  /** Descriptors of the sockets that listen on 127.0.0.1, opened outside this network namespace. */
  sockets: number[];
  /** Descriptor that its messages go to. */
  log: number;
}

const folder = '/run/balancer';
const root = join(folder, 'root');
const settings = join(root, 'etc/balancer');

/** nginx in the balancer's place. It runs from the base image, so that the host needs none of its own. */
export class Balancer {
  readonly #props: BalancerProps;
  #process: ChildProcess | undefined;
  #configuration = '';
  #turn: Promise<void> = Promise.resolve();

  private constructor(props: BalancerProps) {
    this.#props = props;
  }

  static async install(props: BalancerProps): Promise<Balancer> {
    const [upper, work] = [join(folder, 'upper'), join(folder, 'work')];
    for (const path of [upper, work, root]) await mkdir(path, { recursive: true });
    await runAll([
      ['mount', '-t', 'overlay', 'overlay', '-o', `lowerdir=${props.image},upperdir=${upper},workdir=${work}`, root],
      ['mount', '--rbind', '/dev', join(root, 'dev')],
    ]);
    // Installing a package must not start its service here.
    await writeFile(join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    const options = ['--yes', '--no-download', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-unsafe-io'];
    await execa('chroot', [root, 'apt-get', 'install', ...options, 'nginx-light'], {
      stdin: 'ignore',
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    await mkdir(settings, { recursive: true });
    await copyFile(props.certificate, join(settings, 'certificate.pem'));
    await copyFile(props.key, join(settings, 'key.pem'));
    return new Balancer(props);
  }

  /** Takes a new configuration into use; requests in flight finish under the old one. A wrong one changes nothing. */
  use(configuration: string): Promise<void> {
    // One after another, in the order in which they came: two at once would write into the same file.
    const turn = this.#turn.catch(() => undefined).then(() => this.#take(configuration));
    this.#turn = turn;
    return turn;
  }

  async #take(configuration: string): Promise<void> {
    if (configuration === this.#configuration) return;
    await writeFile(join(settings, 'next.conf'), configuration);
    await execa('chroot', [root, 'nginx', '-t', '-q', '-c', '/etc/balancer/next.conf'], { stdin: 'ignore' });
    await rename(join(settings, 'next.conf'), join(settings, 'nginx.conf'));
    if (this.#process) this.#process.kill('SIGHUP');
    else await this.#start();
    this.#configuration = configuration;
  }

  async stop(): Promise<void> {
    await this.#turn.catch(() => undefined);
    if (!this.#process) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGQUIT');
    await ended;
  }

  // nginx takes over listening sockets that it is told of in the variable NGINX, as in an upgrade of itself.
  async #start(): Promise<void> {
    const { sockets, log } = this.#props;
    const inherited = sockets.map((_, index) => index + 3);
    const started = spawn('chroot', [root, 'nginx', '-g', 'daemon off;', '-c', '/etc/balancer/nginx.conf'], {
      stdio: ['ignore', log, log, ...sockets],
      env: { PATH: process.env.PATH, NGINX: `${inherited.join(';')};` },
    });
    this.#process = started;
    // One that ended is started again by the next configuration, which comes every few seconds.
    const ended = once(started, 'exit').then(() => {
      this.#process = undefined;
      this.#configuration = '';
    });
    await Promise.race([ended, untilReady()]);
    if (!this.#process) throw new Error('nginx ended instead of starting');
  }
}

// nginx writes its process id once it listens to signals; before that, one for a new configuration would end it.
async function untilReady(): Promise<void> {
  for (let attempt = 0; attempt < 100 && !existsSync(join(root, 'run/balancer.pid')); attempt++) await delay(50);
}
