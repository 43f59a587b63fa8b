import { connect, type Socket } from 'node:net';
import type { ShadowCopy } from '../../common/shadow/copy.ts';
import type { ShadowCopies } from '../observe/shadow-copies.ts';

export interface CopiesProps {
  /** The path of the UNIX socket on which the shadow takes copies, while it runs. */
  socket: string;
  /** The share of the texts that are copied. */
  percent: number;
  counts: Pick<ShadowCopies, 'sent' | 'dropped'>;
}

/** What waits to be sent is at most about this long, in UTF-16 units here and in bytes in the socket. */
const longestBacklog = 256 * 1024;

/** What waits here is at most about this long: it is written in one turn, in which nobody is answered. */
const longestTurn = 32 * 1024;

/** About the length of a copy without its text. */
const membersLength = 64;

/** Copies of this time are sent with one system call. */
const flushMilliseconds = 20;

const reconnectMilliseconds = 2000;

/**
 * Hands copies of what was answered to the shadow. It must cost a request nothing: nobody waits for it, nothing in it throws, what the
 * shadow does not take in time is dropped, and no timer or socket of it keeps the process alive.
 */
export class Copies {
  readonly #props: CopiesProps;
  #socket: Socket | undefined;
  #isConnected = false;
  #isStopped = false;
  #waiting: ShadowCopy[] = [];
  #waitingLength = 0;

  constructor(props: CopiesProps) {
    this.#props = props;
    this.#connect();
  }

  /** Copies one answer, unless the shadow does not run or the sample omits it; it is sent after the answer. */
  add(copy: ShadowCopy): void {
    if (!this.#isConnected || Math.random() * 100 >= this.#props.percent) return;
    const sending = this.#socket?.writableLength ?? 0;
    if (this.#waitingLength > longestTurn || this.#waitingLength + sending > longestBacklog) {
      this.#props.counts.dropped += 1;
      return;
    }
    if (this.#waiting.length === 0) setTimeout(this.#flush, flushMilliseconds).unref();
    this.#waiting.push(copy);
    this.#waitingLength += copy.text.length + membersLength;
  }

  stop(): void {
    this.#isStopped = true;
    this.#socket?.destroy();
  }

  readonly #flush = () => {
    const copies = this.#waiting;
    this.#waiting = [];
    this.#waitingLength = 0;
    const { counts } = this.#props;
    if (this.#isConnected) {
      this.#socket?.write(`${copies.map((copy) => JSON.stringify(copy)).join('\n')}\n`);
      counts.sent += copies.length;
    } else counts.dropped += copies.length;
  };

  #connect(): void {
    if (this.#isStopped) return;
    const socket = connect(this.#props.socket);
    this.#socket = socket;
    socket.unref();
    socket.on('connect', () => {
      this.#isConnected = true;
    });
    // Without a reader, the end of the other side would never be seen. It sends nothing.
    socket.resume();
    // Most of the time there is no shadow. Whatever the error is, `close` follows it.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#isConnected = false;
      setTimeout(() => this.#connect(), reconnectMilliseconds).unref();
    });
  }
}
