import { Agent, request } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';

/** Number of requests by status, or by error code. */
export type Tally = Record<string, number>;

/** What came of a request. */
export interface Answer {
  /** When it came, as a time of `performance`. */
  at: number;
  /** The status, or an error code. */
  result: string;
  /** The id of the release that has answered; empty where none has. */
  release: string;
}

export interface Load {
  /** Ends the load and returns its results. */
  stop: () => Promise<Tally>;
}

export interface PredictRequest {
  port: number;
  /** What the server's certificate is verified by. */
  secureContext: SecureContext;
  text: string;
}

/** Sends one request over a new connection and verifies the certificate; an error's result is its code. */
export function predict({
  port,
  secureContext,
  text,
}: PredictRequest): Promise<[result: string, body: string, release: string]> {
  const body = JSON.stringify({ text });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const options = {
    host: 'localhost',
    port,
    path: '/predict',
    method: 'POST',
    secureContext,
    agent: new Agent(),
    headers,
  };
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve([error.code ?? error.message, '', '']);
    const outgoing = request({ ...options, timeout: 20_000 }, (response) => {
      const release = String(response.headers['x-release'] ?? '');
      readText(response).then((answer) => resolve([String(response.statusCode), answer, release]), fail);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timed out')));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

const limitMilliseconds = 20 * 60_000;

export interface LoadOptions {
  clients: number;
  /** What is classified. */
  text?: string;
  /** The time between an answer and the next request. All clients share one address: together they stay below its rate limit on each machine. */
  pauseMilliseconds?: number;
  /** Takes each answer. */
  onAnswer?: (answer: Answer) => void;
}

/** Sends requests from some clients until the load is stopped, for twenty minutes at most. */
export function startLoad(outgoing: PredictRequest, { clients, pauseMilliseconds = 120, onAnswer }: LoadOptions): Load {
  const tally: Tally = {};
  const deadline = Date.now() + limitMilliseconds;
  let isStopped = false;
  const client = async () => {
    while (!isStopped && Date.now() < deadline) {
      const [result, , release] = await predict(outgoing);
      tally[result] = (tally[result] ?? 0) + 1;
      onAnswer?.({ at: performance.now(), result, release });
      await delay(pauseMilliseconds);
    }
  };
  const running = Promise.all(Array.from({ length: clients }, client));
  return {
    stop: async () => {
      isStopped = true;
      await running;
      return tally;
    },
  };
}
