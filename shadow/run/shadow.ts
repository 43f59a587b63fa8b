import { join } from 'node:path';
import { Comparison } from './comparison.ts';
import { CopiesSocket } from './copies-socket.ts';
import { Figures } from './figures.ts';
import { ask } from './loopback.ts';
import type { RunSettings } from './settings.ts';
import { supervise, type WorkerEnd } from './supervise.ts';
import { readStart, workerCommand } from './worker-command.ts';
import { readWorkerMetrics } from './worker-metrics.ts';

export interface ShadowProps extends Pick<RunSettings, 'live' | 'folder' | 'socket' | 'ports'> {
  /** The release to run, in a folder of its name. */
  release: string;
  /** Receives what people must know. */
  report: (sentence: string) => void;
}

/** The time for an answer to a copy, and to a probe; a worker that hangs answers none of them. */
const answerMilliseconds = 2000;
const probeMilliseconds = 5000;

/** One release that runs as a shadow. It takes copies while its worker answers, and none otherwise. */
export class Shadow {
  readonly release: string;
  readonly #props: ShadowProps;
  readonly #figures: Figures;
  readonly #comparison: Comparison;
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  #socket: Promise<CopiesSocket | undefined> = Promise.resolve(undefined);

  private constructor(props: ShadowProps, command: ReturnType<typeof workerCommand>) {
    this.release = props.release;
    this.#props = props;
    this.#figures = new Figures({ live: props.live, candidate: props.release });
    const { service: port } = props.ports;
    this.#comparison = new Comparison({
      figures: this.#figures,
      ask: (texts) =>
        ask({ port, path: '/predict/batch', body: JSON.stringify({ texts }), timeoutMilliseconds: answerMilliseconds }),
    });
    this.#ended = supervise({
      command,
      signal: this.#stop.signal,
      probe: () => ask({ port, path: '/ready', timeoutMilliseconds: probeMilliseconds }),
      onUp: () => this.#begin(),
      onDown: (why, detail) => this.#pause(why, detail),
    });
  }

  /** Starts the release; throws where its folder holds none. */
  static async start(props: ShadowProps): Promise<Shadow> {
    const folder = join(props.folder, props.release);
    return new Shadow(props, workerCommand(folder, await readStart(folder), props.ports));
  }

  /** Ends its worker; returns when it has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#close();
    await this.#ended;
    await this.#socket;
  }

  /** Returns its figures in the text format of Prometheus. */
  async exposition(): Promise<string> {
    if (this.#figures.isUp) await this.#measure();
    return this.#figures.exposition();
  }

  #begin(): void {
    const { report, release, socket } = this.#props;
    report(`The worker of ${release} answers`);
    this.#figures.isUp = true;
    this.#socket = this.#socket
      .then(() => CopiesSocket.open(socket, (line) => this.#comparison.add(line)))
      .catch((error: Error) => void report(`The shadow takes no copies: ${error.message}`));
  }

  #pause(why: WorkerEnd, detail: string): void {
    const { report, release } = this.#props;
    report(`The worker of ${release} ${why}: ${detail}`);
    this.#figures.end(why);
    this.#close();
  }

  #close(): void {
    this.#socket = this.#socket.then((socket) => void socket?.close());
    this.#comparison.clear();
  }

  // A release of another version may have no such metrics, and one that is slow answers the next time.
  async #measure(): Promise<void> {
    const { metrics: port } = this.#props.ports;
    const page = await ask({ port, path: '/metrics', timeoutMilliseconds: answerMilliseconds }).catch(() => '');
    if (page !== '') this.#figures.measure(readWorkerMetrics(page));
  }
}
