import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestFn } from 'ava';
import { delay } from '../../common/delay.ts';
import { endProcess } from '../../common/processes.ts';
import { ensurePythonProgram } from '../../rehearsal/install.ts';
import { freePort } from '../support/servers.ts';
import { patienceSeconds } from './patience.ts';

// Without the page for people, and half as large.
const server = {
  ...{ program: 'mlflow', name: 'mlflow-skinny', version: '3.17.2' },
  others: [
    ...['Flask==3.1.3', 'Flask-Cors==6.0.5', 'SQLAlchemy==2.1.9', 'alembic==1.20.1'],
    ...['aiohttp==3.14.5', 'pandas==3.1.1'],
  ],
};

const quiet = {
  ...{ MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
  // Ten processes for what no test asks for.
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
};

/** An MLflow server of a test: its database and files stay when it is killed. */
export class MlflowTestServer {
  readonly address: string;
  readonly folder: string;
  readonly #program: string;
  readonly #parameters: readonly string[];
  #process: ChildProcess | undefined;

  constructor(program: string, folder: string, port: number) {
    this.address = `http://127.0.0.1:${port}`;
    this.folder = folder;
    this.#program = program;
    this.#parameters = [
      ...['server', '--workers', '1', '--host', '127.0.0.1', '--port', String(port)],
      ...['--backend-store-uri', `sqlite:///${folder}/mlflow.db`],
      ...['--artifacts-destination', join(folder, 'artifacts')],
    ];
  }

  /** Starts it, and waits until it answers. */
  async start(): Promise<void> {
    const env = { ...process.env, ...quiet };
    let output = '';
    // A group of its own, since it starts others.
    const child = spawn(this.#program, this.#parameters, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    this.#process = child;
    const deadline = Date.now() + patienceSeconds * 1000;
    while (!(await fetch(`${this.address}/health`).catch(() => undefined))?.ok) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`mlflow server does not start: ${output}`);
      await delay(200);
    }
  }

  /** Kills all its processes. */
  async kill(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#process ?? {};
    if (!this.#process || pid === undefined || exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    endProcess(-pid);
    await ended;
  }
}

/** Starts an MLflow server before the tests of a file and removes it after them. */
export function useMlflow(test: TestFn): () => MlflowTestServer {
  let started: MlflowTestServer | undefined;
  test.serial.before('an MLflow server', async () => {
    const program = await ensurePythonProgram(server, () => undefined);
    const folder = await mkdtemp(join(tmpdir(), 'intent-fleet-mlflow-'));
    started = new MlflowTestServer(program, folder, await freePort());
    await started.start();
  });
  test.after.always(async () => {
    await started?.kill();
    if (started) await rm(started.folder, { recursive: true, force: true });
  });
  return () => {
    if (!started) throw new Error('no MLflow server');
    return started;
  };
}
