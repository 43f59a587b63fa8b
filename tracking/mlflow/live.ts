import { MlflowError } from '../../mlflow/error.ts';

export interface LiveSenderProps {
  /** Sends what is new of the run in a folder. */
  send: (folder: string) => Promise<unknown>;
  /** Ends what `send` is doing. */
  end: AbortController;
  /** Receives, once, why runs are not sent. */
  warn: (sentence: string) => void;
  /** The time before a server that has failed is asked again, in milliseconds. */
  pause?: number;
}

/** Sends runs in the background while they are written. What it cannot send stays in their folders, and stops nobody. */
export class LiveSender {
  readonly #props: LiveSenderProps;
  readonly #pause: number;
  /** The folders of the runs that have something new. */
  readonly #waiting = new Set<string>();
  #sending: Promise<void> | undefined;
  #restsUntil = 0;
  #hasWarned = false;

  constructor(props: LiveSenderProps) {
    this.#props = props;
    this.#pause = props.pause ?? 15_000;
  }

  /** Tells that something was written to the run in a folder. */
  notify(folder: string): void {
    this.#waiting.add(folder);
    if (this.#sending || Date.now() < this.#restsUntil) return;
    this.#sending = this.#sendWaiting().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Tries once more to send everything, for a while; returns whether everything is sent. */
  async finish(milliseconds = 10_000): Promise<boolean> {
    const { end } = this.#props;
    const timer = setTimeout(() => end.abort(new Error(`it takes longer than ${milliseconds / 1000} s`)), milliseconds);
    await this.#sending;
    await this.#round();
    clearTimeout(timer);
    return this.#waiting.size === 0;
  }

  async #sendWaiting(): Promise<void> {
    while (this.#waiting.size > 0) {
      if (await this.#round()) continue;
      this.#restsUntil = Date.now() + this.#pause;
      return;
    }
  }

  /** Sends each run that waits; returns whether all of them were sent. */
  async #round(): Promise<boolean> {
    const { signal } = this.#props.end;
    let areSent = true;
    for (const folder of [...this.#waiting]) {
      if (signal.aborted) return false;
      // What is written from now on is another reason to send it.
      this.#waiting.delete(folder);
      const error = await this.#failureOf(folder);
      if (!error) continue;
      areSent = false;
      this.#waiting.add(folder);
      this.#warn(error.message);
      if (error instanceof MlflowError && error.isOfServer) break;
    }
    return areSent;
  }

  #failureOf(folder: string): Promise<Error | undefined> {
    return this.#props.send(folder).then(
      () => undefined,
      (error) => error as Error,
    );
  }

  #warn(reason: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.#props.warn(`MLflow has not got everything (make sync-experiments sends the rest later): ${reason}`);
  }
}
