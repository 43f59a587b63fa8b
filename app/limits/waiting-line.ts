import type { RequestHandler } from 'express';
import { Problem } from '../problems/problem.ts';

/**
 * The requests that have arrived whole and wait for the worker. They are read first and answered together once the event
 * loop has taken in all that has come; when more come than may wait, the rest is refused at once, which costs little,
 * instead of every client waiting longer and longer.
 */
export class WaitingLine {
  readonly #limit: number;
  readonly #onRefusal: () => void;
  #waiting: (() => void)[] = [];

  constructor(limit: number, onRefusal: () => void) {
    this.#limit = limit;
    this.#onRefusal = onRefusal;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Lets a request wait for its turn, or refuses it. */
  readonly enter: RequestHandler = (request, _response, next) => {
    if (this.#waiting.length >= this.#limit) this.#refuse();
    if (this.#waiting.length === 0) setImmediate(this.#serve);
    this.#waiting.push(() => {
      // Whoever has hung up while waiting doesn't need an answer.
      if (!request.socket.destroyed) next();
    });
  };

  readonly #serve = () => {
    const turns = this.#waiting;
    this.#waiting = [];
    for (const turn of turns) turn();
  };

  #refuse(): never {
    this.#onRefusal();
    throw new Problem('overloaded', `${this.#limit} requests are waiting already; try again in a second.`, {
      headers: { 'Retry-After': '1' },
    });
  }
}
