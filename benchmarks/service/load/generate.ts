import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type Target } from './connection.ts';

/** How to load a server. */
export interface Load {
  target: Target;
  path: string;
  bodies: string[];
  connections: number;
  seconds: number;
  /**
   * Sends as much before, which is not counted. A generator that begins is slow until its code is compiled, and what is
   * late by that is no fault of the server.
   */
  warmUpSeconds?: number;
  /** Stops earlier when so many requests are answered. */
  requests?: number;
  /** Requests per second to send no matter how fast answers come; without it each connection sends as fast as it is answered. */
  rate?: number;
}

/** What came of it. */
export interface LoadResult {
  requests: number;
  seconds: number;
  perSecond: number;
  /** Requests by status; 0 is a connection that broke. */
  statuses: Record<string, number>;
  milliseconds: { p50: number; p99: number; max: number };
  /** Share of one core that the generator used; near 1 it is what is measured. */
  generatorCpu: number;
}

/** Sends requests for a while and measures their answers. */
export async function generateLoad({ warmUpSeconds, ...load }: Load): Promise<LoadResult> {
  if (warmUpSeconds) await sendLoad({ ...load, seconds: warmUpSeconds });
  return sendLoad(load);
}

async function sendLoad(load: Load): Promise<LoadResult> {
  const requests = load.bodies.map((body) => rawRequest(load, body));
  const connections = Array.from({ length: load.connections }, () => new Connection(load.target));
  const tally = new Tally();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const run = { ...load, requests, connections, tally, limit: load.requests ?? Number.POSITIVE_INFINITY };
  await (load.rate ? sendAtRate(run, load.rate) : sendAtOnce(run));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  for (const connection of connections) connection.close();
  return { ...tally.summary(seconds), generatorCpu: (user + system) / 1e6 / seconds };
}

interface Run {
  requests: Buffer[];
  connections: Connection[];
  tally: Tally;
  seconds: number;
  limit: number;
}

function rawRequest({ target, path }: Load, body: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${target.host}:${target.port}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

// A closed loop: as much as the server can answer.
async function sendAtOnce({ requests, connections, tally, seconds, limit }: Run): Promise<void> {
  const end = performance.now() + seconds * 1000;
  let next = 0;
  const keepSending = (connection: Connection) =>
    new Promise<void>((resolve) => {
      const send = () => {
        if (performance.now() >= end || next >= limit) return resolve();
        const start = performance.now();
        connection.send(requests[next++ % requests.length] as Buffer, (status) => {
          tally.add(status, performance.now() - start);
          send();
        });
      };
      send();
    });
  await Promise.all(connections.map(keepSending));
}

// An open loop: times count from when a request was due, so that a slow server cannot hide behind clients that wait for it.
async function sendAtRate({ requests, connections, tally, seconds }: Run, rate: number): Promise<void> {
  const start = performance.now();
  const total = Math.floor(rate * seconds);
  const free = [...connections];
  let sent = 0;
  // As soon as one is due, and again as soon as a connection is free: waiting for the next tick would be the limit.
  const sendDue = () => {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * rate));
    while (sent < due && free.length > 0) send(free.pop() as Connection, start + (sent / rate) * 1000);
  };
  const send = (connection: Connection, dueAt: number) => {
    connection.send(requests[sent++ % requests.length] as Buffer, (status) => {
      tally.add(status, performance.now() - dueAt);
      free.push(connection);
      sendDue();
    });
  };
  while (tally.count < total) {
    sendDue();
    await sleep(1);
  }
}

class Tally {
  readonly #statuses: Record<string, number> = {};
  readonly #milliseconds: number[] = [];

  get count(): number {
    return this.#milliseconds.length;
  }

  add(status: number, milliseconds: number): void {
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    this.#milliseconds.push(milliseconds);
  }

  summary(seconds: number): Omit<LoadResult, 'generatorCpu'> {
    const sorted = Float64Array.from(this.#milliseconds).sort();
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    const requests = sorted.length;
    const milliseconds = { p50: at(0.5), p99: at(0.99), max: at(1) };
    return { requests, seconds, perSecond: requests / seconds, statuses: this.#statuses, milliseconds };
  }
}
