import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { type Logger, pino } from 'pino';
import type { ProblemName } from '../../app/problems/catalogue.ts';
import { type Service, startService } from '../../app/service.ts';
import { readSettings } from '../../app/settings.ts';
import { writeArtifact } from '../../model/artifact/write.ts';
import { trainSmall } from '../model/trained.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Trains a model on a few texts, in milliseconds. */
export async function trainInto(folder: string, settings: { threshold?: number } = {}): Promise<void> {
  writeArtifact(await trainSmall(settings), folder);
}

let trained: Promise<string> | undefined;

// Trains once for all tests of a file; the folder is removed when their process exits.
function trainedOnce(): Promise<string> {
  trained ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'intent-artifact-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    await trainInto(folder);
    return folder;
  })();
  return trained;
}

/** Returns a trained artifact that the test may change. */
export async function ownArtifact(t: ExecutionContext): Promise<string> {
  const folder = await temporaryFolder(t);
  await cp(await trainedOnce(), folder, { recursive: true });
  return folder;
}

/** Starts a service in this process with a trained model on a free port; it is stopped at the end of the test. */
export async function startTestService(
  t: ExecutionContext,
  environment: Record<string, string> = {},
  logger: Logger = pino({ level: 'silent' }),
): Promise<{ service: Service; url: string; port: number; folder: string }> {
  const folder = environment.ARTIFACT ?? (await trainedOnce());
  const settings = readSettings({ PORT: '0', DRAIN_SECONDS: '1', ARTIFACT: folder, ...environment });
  const service = await startService(settings, logger);
  t.teardown(() => service.stop());
  const { port } = service.address;
  return { service, port, url: `${settings.tls ? 'https' : 'http'}://127.0.0.1:${port}`, folder };
}

/** Sends JSON. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const payload = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: payload as string,
  });
}

/** Returns the status and the JSON of an answer. */
export async function statusAndJson(answer: Promise<Response>): Promise<[status: number, body: unknown]> {
  const response = await answer;
  return [response.status, await response.json()];
}

/** Returns the JSON at a URL. */
export async function getJson<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

/** Returns the page of a service's metrics. */
export async function metricsOf({ metricsAddress }: Service): Promise<string> {
  return (await fetch(`http://127.0.0.1:${metricsAddress?.port}/metrics`)).text();
}

/** Returns the body of a problem. */
export function problemOf(name: ProblemName, status: number, title: string, detail: string) {
  return { type: `urn:intent-fleet:problem:${name}`, title, status, detail };
}

/** Returns the duration of a promise in seconds. */
export async function secondsOf(promise: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await promise;
  return (performance.now() - start) / 1000;
}
