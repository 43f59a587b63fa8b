import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { ReleaseOnDisk, ServiceManifest } from '../bootstrap/release.ts';

/** What a trial of a service has shown. */
export interface TrialOutcome {
  /** What is wrong, a line each. */
  faults: string[];
  /** The last lines of the service's log. */
  log: string[];
}

const logLines = 10;

// The log has its start and the requests with status 500.
const settings = { HOST: '127.0.0.1', PORT: '0', RATE_LIMIT_REQUESTS: '0', LOG_REQUESTS_PER_SECOND: '0' };

/** Starts the service of a release on a free port, lets `ask` find what is wrong, and ends it, after `milliseconds` at most. */
export async function tryService(
  { folder, manifest: { start } }: ReleaseOnDisk<ServiceManifest>,
  milliseconds: number,
  ask: (url: string) => Promise<string | undefined>,
): Promise<TrialOutcome> {
  const service = execa(join(folder, start.runtime), [...start.options, join(folder, start.program)], {
    cwd: folder,
    env: { ...start.environment, ...settings, ARTIFACT: join(folder, 'artifact') },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    timeout: milliseconds,
    killSignal: 'SIGKILL',
  });
  const log: string[] = [];
  try {
    const port = await Promise.race([readPort(service.all, log), service.then(() => undefined)]);
    const fault = port === undefined ? undefined : await ask(`http://127.0.0.1:${port}`);
    service.kill();
    return {
      faults: [...(fault === undefined ? [] : [fault]), ...endOf(await service, port, milliseconds)],
      log: log.slice(-logLines),
    };
  } finally {
    service.kill();
  }
}

interface Ended {
  timedOut: boolean;
  exitCode?: number | undefined;
  signal?: string | undefined;
  /** Why it could not be started. */
  originalMessage?: string | undefined;
}

// Once it was ready, only this process ends a service by a signal.
function endOf(
  { timedOut, exitCode, signal, originalMessage }: Ended,
  port: number | undefined,
  milliseconds: number,
): string[] {
  if (timedOut) return [`the service was ended after ${milliseconds / 1000} s`];
  if (exitCode === undefined && port !== undefined) return [];
  return [`the service ended by itself with ${exitCode ?? signal ?? originalMessage}`];
}

/** Collects the lines of a log; resolves with the service's port when it is ready. */
function readPort(output: NodeJS.ReadableStream, log: string[]): Promise<number> {
  return new Promise((resolve) => {
    createInterface({ input: output }).on('line', (line) => {
      log.push(line);
      const port = /"address":\{[^}]*"port":(\d+)\}.*"msg":"ready"/.exec(line)?.[1];
      if (port) resolve(Number(port));
    });
  });
}
