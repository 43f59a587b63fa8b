import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { findPrometheus, type PrometheusPrograms } from './prometheus-package.ts';
import { freePort } from './servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const found = await findPrometheus();

/** A test that needs Prometheus; without it, the test is skipped, and its title says why. */
export function withPrometheus(
  title: string,
  run: (t: ExecutionContext, programs: PrometheusPrograms) => Promise<void>,
): void {
  if (typeof found === 'string') test.skip(`${title} (${found})`, (t) => t.fail());
  else test(title, (t) => run(t, found));
}

/** Runs Prometheus on a free port until the test is over; returns its URL. `files` stand beside its configuration. */
export async function startPrometheus(
  t: ExecutionContext,
  { prometheus }: PrometheusPrograms,
  { configuration = '', files = {}, storage = '', options = [] }: StartOptions = {},
): Promise<string> {
  const folder = await temporaryFolder(t);
  const all = { 'prometheus.yml': configuration, ...files };
  for (const [name, content] of Object.entries(all)) await writeFile(join(folder, name), content);
  const url = `http://127.0.0.1:${await freePort()}/monitoring/prometheus`;
  const child = execa(prometheus, [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${storage || join(folder, 'storage')}`,
    `--web.listen-address=${new URL(url).host}`,
    `--web.external-url=${url}`,
    ...options,
  ]);
  t.teardown(async () => {
    child.kill('SIGKILL');
    await child.catch(() => {});
  });
  await isReady(url, child);
  return url;
}

interface StartOptions {
  configuration?: string;
  files?: Record<string, string>;
  /** A folder with samples. */
  storage?: string;
  /** Further options. */
  options?: readonly string[];
}

async function isReady(url: string, child: Promise<unknown>): Promise<void> {
  let ended: unknown;
  child.catch((error: unknown) => {
    ended = error;
  });
  while (!(await fetch(`${url}/-/ready`).catch(() => undefined))?.ok) {
    if (ended) throw ended;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
