import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { ExecutionContext } from 'ava';
import { bundle } from '../../releases/bundle.ts';
import { checkoutSources } from '../../releases/sources.ts';

// One module, as in a release: it starts in half the time.
const folder = mkdtempSync(join(tmpdir(), 'intent-fleet-service-'));
const program = join(folder, 'service.mjs');
writeFileSync(program, await bundle(checkoutSources.service, checkoutSources.root));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

type Line = Record<string, unknown>;

/** The service in its own process. */
export class ServiceProcess {
  readonly child: ChildProcess;
  readonly lines: Line[] = [];
  errors = '';
  readonly #log: Interface;

  constructor(t: ExecutionContext, environment: Record<string, string>) {
    const env = { PATH: process.env.PATH, PORT: '0', ...environment };
    this.child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr?.on('data', (chunk) => {
      this.errors += chunk;
    });
    this.#log = createInterface({ input: this.child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.lines.push(JSON.parse(line));
      this.child.emit('line');
    });
    t.teardown(() => this.child.kill('SIGKILL'));
  }

  /** Waits for a log line with a message. */
  async line(msg: string): Promise<Line> {
    for (;;) {
      const found = this.lines.find((line) => line.msg === msg);
      if (found) return found;
      await once(this.child, 'line');
    }
  }

  /** Waits until it accepts requests; returns its URL. */
  async url(): Promise<string> {
    const { address, scheme } = (await this.line('ready')) as { address: { port: number }; scheme: string };
    return `${scheme}://127.0.0.1:${address.port}`;
  }

  /** Ends it by SIGTERM; returns the exit status or the signal. */
  stop(): Promise<number | string> {
    this.child.kill('SIGTERM');
    return this.end();
  }

  /** Stops to read the log's pipe, which stays open. */
  stopReading(): void {
    this.#log.close();
  }

  /** Waits for the end; returns the exit status or the signal. */
  async end(): Promise<number | string> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return this.child.exitCode ?? (this.child.signalCode as string);
  }
}
