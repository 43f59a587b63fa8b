import type { RequestHandler } from 'express';
import { HttpProblem } from '../problems/problem.ts';

/**
 * The complete requests that wait for the worker. The event loop reads all that have arrived before the first is answered;
 * those beyond the limit are refused at once, so that the waiting time stays bounded.
 */
export class RequestQueue {
  readonly #limit: number;
  readonly #onRefusal: () => void;
  #waiting: (() => void)[] = [];

  constructor(limit: number, onRefusal: () => void) {
    this.#limit = limit;
    this.#onRefusal = onRefusal;
  }

  /** Queues a request, or refuses it. */
  readonly enter: RequestHandler = (request, _response, next) => {
    if (this.#waiting.length >= this.#limit) this.#refuse();
    if (this.#waiting.length === 0) setImmediate(this.#serve);
    this.#waiting.push(() => {
      // A client that has disconnected needs no answer.
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
    const detail = `${this.#limit} requests are waiting already; try again in a second.`;
    throw new HttpProblem('overloaded', detail, { headers: { 'Retry-After': '1' } });
  }
}
