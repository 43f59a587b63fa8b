import { setTimeout as delay } from 'node:timers/promises';
import type { LoadClient, Outcome } from './client.ts';
import type { Schedule } from './schedule.ts';

/** A request that has ended. */
export interface SentRequest {
  outcome: Outcome;
  /** When it began, in milliseconds since the start. */
  begunAt: number;
  milliseconds: number;
}

export interface LoadProps {
  client: Pick<LoadClient, 'send' | 'end'>;
  /** The bodies, which are sent in turn. */
  bodies: readonly string[];
  schedule: Schedule;
  connections: number;
  seconds: number;
  onRequest: (request: SentRequest) => void;
  /** Ends the load early. */
  signal: AbortSignal;
}

/** How long the requests under way may take after the last second, and after an early end. */
const graceMilliseconds = { last: 15_000, early: 1000 };

// A connection without an answer, such as a refused one, is not followed by the next one at once.
const pauseMilliseconds = 100;

/** Sends requests until none is left to send and all have ended; returns in how many seconds they were sent. */
export async function generateLoad(props: LoadProps): Promise<number> {
  const { client, connections, seconds, signal } = props;
  const run = new Run(props);
  let sentFor = seconds;
  const endWithin = (milliseconds: number) => setTimeout(() => client.end(), milliseconds).unref();
  const onAbort = () => {
    sentFor = Math.min(seconds, run.now() / 1000);
    endWithin(graceMilliseconds.early);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const last = endWithin(seconds * 1000 + graceMilliseconds.last);
  try {
    await Promise.all(Array.from({ length: connections }, () => run.connection()));
    return sentFor;
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(last);
    await client.end();
  }
}

class Run {
  readonly #props: LoadProps;
  readonly #startedAt = performance.now();
  #sent = 0;

  constructor(props: LoadProps) {
    this.#props = props;
  }

  /** Sends one request after another. */
  async connection(): Promise<void> {
    const { schedule, signal } = this.#props;
    while (!signal.aborted) {
      const due = schedule.next(this.now());
      if (due === undefined) return;
      const begunAt = await this.#wait(due);
      if (begunAt === undefined) return;
      await this.#send(begunAt);
    }
  }

  // A request that was due while all connections were busy began when it was due: its wait is a part of its time. One that a timer
  // has woken began then.
  async #wait(due: number): Promise<number | undefined> {
    const { signal } = this.#props;
    const milliseconds = due - this.now();
    if (milliseconds <= 0) return due;
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
    return signal.aborted ? undefined : this.now();
  }

  async #send(begunAt: number): Promise<void> {
    const { client, bodies, onRequest } = this.#props;
    const body = bodies[this.#sent++ % bodies.length] ?? '';
    const outcome = await client.send(body);
    onRequest({ outcome, begunAt, milliseconds: this.now() - begunAt });
    if ('error' in outcome) await delay(pauseMilliseconds);
  }

  /** Milliseconds since the start. */
  now(): number {
    return performance.now() - this.#startedAt;
  }
}
