import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pinned } from './pinning.ts';

/** A server under measurement. */
export interface BenchServer {
  name: string;
  /** Its base address, `http` or `https`, on 127.0.0.1. */
  url: string;
  child: ChildProcess;
}

export interface ServerProps {
  name: string;
  argv: (port: number) => string[];
  environment?: (port: number) => Record<string, string>;
  scheme?: 'http' | 'https';
}

const startTimeoutSeconds = 60;
const running = new Set<ChildProcess>();

/** Starts a server, pinned to the servers' core, and waits until it listens. */
export async function startServer({ name, argv, environment, scheme = 'http' }: ServerProps): Promise<BenchServer> {
  const port = await freePort();
  const [program = '', ...rest] = pinned('server', argv(port));
  const env = { PATH: process.env.PATH, ...environment?.(port) };
  const child = spawn(program, rest, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  running.add(child.once('exit', () => running.delete(child)));
  await untilListening(name, child, port);
  return { name, child, url: `${scheme}://127.0.0.1:${port}` };
}

/** Starts a program on the servers' core that is no server itself, and waits for time that no server wants; what it starts ends with it. */
export function startBeside(argv: readonly string[], environment: Record<string, string>): Pick<BenchServer, 'child'> {
  const [program = '', ...rest] = pinned('server', argv);
  const env = { PATH: process.env.PATH, ...environment };
  const child = spawn(program, rest, { env, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  running.add(child);
  // Without this, Linux would give a session of its own as large a share of the core as that of the servers (sched(7), autogroup).
  if (child.pid) writeFile(`/proc/${child.pid}/autogroup`, '19').catch(() => undefined);
  // Its process group holds its children, too.
  child.once('exit', () => running.delete(child) && killGroup(child));
  return { child };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}

/** Stops a server and returns its exit code or signal. */
export async function stopServer({ child }: Pick<BenchServer, 'child'>): Promise<number | string | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return child.exitCode ?? child.signalCode;
}

/** Kills the servers that a failed measurement has left. */
export function killServers(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Returns the resident memory of a server in megabytes. */
export async function residentMegabytes({ child }: BenchServer): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Returns the milliseconds that a server was ready to run while other processes had its core (Linux' schedstat). */
export async function waitedMilliseconds({ child }: BenchServer): Promise<number> {
  const [, waited] = (await readFile(`/proc/${child.pid}/schedstat`, 'utf8')).split(' ');
  return Number(waited) / 1e6;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(name: string, child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + startTimeoutSeconds * 1000;
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode} before it listened`);
    if (Date.now() > deadline) throw new Error(`${name} did not listen on port ${port} in ${startTimeoutSeconds} s`);
    await sleep(5);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(Boolean(socket.destroy())));
    socket.on('error', () => resolve(false));
  });
}
