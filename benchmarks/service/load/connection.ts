import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ResponseReader } from './response-reader.ts';

/** Where to send requests. */
export interface Target {
  host: string;
  port: number;
  isTls: boolean;
}

/** What a request came to: its status, or 0 when the connection broke before the answer was whole. */
export type Outcome = (status: number) => void;

/** One client: sends a request, waits for its answer, and connects anew when the server closed the connection. */
export class Connection {
  readonly #target: Target;
  readonly #reader = new ResponseReader();
  #socket: Socket | undefined;
  #outcome: Outcome | undefined;

  constructor(target: Target) {
    this.#target = target;
  }

  send(request: Buffer, outcome: Outcome): void {
    this.#outcome = outcome;
    this.#socket ??= this.#open();
    this.#socket.write(request);
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const { host, port, isTls } = this.#target;
    // A benchmark's certificate is made a moment before it is used, on the same machine.
    const socket = isTls ? connectTls({ host, port, rejectUnauthorized: false }) : connectPlain({ host, port });
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => {});
    socket.on('close', () => this.#lost(socket));
    return socket;
  }

  #read(chunk: Buffer): void {
    const response = this.#reader.read(chunk);
    if (!response) return;
    if (response.isLast) this.#forget();
    this.#finish(response.status);
  }

  #lost(socket: Socket): void {
    if (socket !== this.#socket) return;
    this.#forget();
    if (this.#outcome) this.#finish(0);
  }

  #forget(): void {
    this.#socket?.destroySoon();
    this.#socket = undefined;
    this.#reader.reset();
  }

  #finish(status: number): void {
    const outcome = this.#outcome;
    this.#outcome = undefined;
    outcome?.(status);
  }
}
