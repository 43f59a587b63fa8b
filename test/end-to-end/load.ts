import { Agent, request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';

/** What a load brought: how often each status, or kind of failure, was the answer. */
export type Tally = Record<string, number>;

export interface Load {
  /** Ends it and tells what it brought. */
  stop: () => Promise<Tally>;
}

export interface Question {
  port: number;
  authority: Buffer;
  text: string;
}

/** Asks once, over a connection of its own, with the certificate checked; an error is its code. */
export function askOnce({ port, authority, text }: Question): Promise<[outcome: string, body: string]> {
  const body = JSON.stringify({ text });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const options = {
    host: 'localhost',
    port,
    path: '/predict',
    method: 'POST',
    ca: authority,
    agent: new Agent(),
    headers,
  };
  return new Promise((resolve) => {
    const asking = request({ ...options, timeout: 20_000 }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        answer += chunk;
      });
      response.on('end', () => resolve([String(response.statusCode), answer]));
      response.on('error', (error: NodeJS.ErrnoException) => resolve([error.code ?? error.message, '']));
    });
    asking.on('timeout', () => asking.destroy(new Error('timed out')));
    asking.on('error', (error: NodeJS.ErrnoException) => resolve([error.code ?? error.message, '']));
    asking.end(body);
  });
}

// All clients are one address: together they stay below the rate limit that each machine has for it.
const pauseMilliseconds = 60;

/** Asks again and again from `clients` clients until it is stopped, at the latest after `seconds`. */
export function startLoad(question: Question, clients: number, seconds: number): Load {
  const tally: Tally = {};
  const deadline = Date.now() + seconds * 1000;
  let stopped = false;
  const client = async () => {
    while (!stopped && Date.now() < deadline) {
      const [outcome] = await askOnce(question);
      tally[outcome] = (tally[outcome] ?? 0) + 1;
      await delay(pauseMilliseconds);
    }
  };
  const running = Promise.all(Array.from({ length: clients }, client));
  return {
    stop: async () => {
      stopped = true;
      await running;
      return tally;
    },
  };
}
