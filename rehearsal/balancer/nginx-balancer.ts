import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Clock, systemClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { NginxProcess } from './nginx-process.ts';

/** The folder of configuration and certificate in nginx's root file system. */
export const settingsFolder = '/etc/balancer';

export interface NginxBalancerProps {
  /** The file system that nginx is installed in. */
  root: string;
  /** Descriptors of sockets that listen outside of this network namespace. */
  sockets: readonly number[];
  log: Log;
  clock?: Clock;
}

/** An nginx that ends sooner than that is started again with a delay. */
const shortRunMilliseconds = 10_000;
const longestDelayMilliseconds = 4000;

/** The load balancer: an nginx whose configuration is replaced while it runs, and that is started again when it ends. */
export class NginxBalancer {
  readonly #root: string;
  readonly #sockets: readonly number[];
  readonly #log: Log;
  readonly #clock: Clock;
  #nginx: NginxProcess | undefined;
  #configuration = '';
  #turn: Promise<void> = Promise.resolve();
  #shortRuns = 0;
  #isStopping = false;

  constructor({ root, sockets, log, clock = systemClock }: NginxBalancerProps) {
    this.#root = root;
    this.#sockets = sockets;
    this.#log = log;
    this.#clock = clock;
  }

  /** Replaces the configuration; requests under way end under the old one. Rejects an invalid one and keeps the old one. */
  use(configuration: string): Promise<void> {
    return this.#inTurn(() => this.#replace(configuration));
  }

  /** Stops nginx after the requests under way. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#inTurn(async () => this.#nginx?.quit());
  }

  // One after another, because two at once would write the same file, or start nginx twice.
  #inTurn(action: () => Promise<void>): Promise<void> {
    const turn = this.#turn.catch(() => undefined).then(action);
    this.#turn = turn;
    return turn;
  }

  async #replace(configuration: string): Promise<void> {
    if (configuration === this.#configuration || this.#isStopping) return;
    const settings = join(this.#root, settingsFolder);
    await writeFile(join(settings, 'next.conf'), configuration);
    await execa('chroot', [this.#root, 'nginx', '-t', '-q', '-c', `${settingsFolder}/next.conf`], { stdin: 'ignore' });
    await rename(join(settings, 'next.conf'), join(settings, 'nginx.conf'));
    if (this.#nginx) await this.#nginx.reload();
    else await this.#start();
    this.#configuration = configuration;
  }

  async #start(): Promise<void> {
    const nginx = await NginxProcess.start(this.#root, `${settingsFolder}/nginx.conf`, this.#sockets);
    const startedAt = this.#clock.now();
    this.#nginx = nginx;
    void nginx.ended.then((end) => {
      this.#nginx = undefined;
      if (this.#isStopping) return;
      this.#log('balancer ended', end);
      if (this.#clock.now() - startedAt > shortRunMilliseconds) this.#shortRuns = 0;
      return this.#startAgain();
    });
  }

  // With the last configuration that was accepted, at once; after each short run or failed start, a little later.
  async #startAgain(): Promise<void> {
    const delay = this.#shortRuns && Math.min(250 * 2 ** (this.#shortRuns - 1), longestDelayMilliseconds);
    this.#shortRuns++;
    await this.#clock.delay(delay);
    try {
      await this.#inTurn(async () => {
        if (!this.#nginx && !this.#isStopping) await this.#start();
      });
    } catch (error) {
      this.#log('balancer does not start', { error: (error as Error).message });
      await this.#startAgain();
    }
  }
}
