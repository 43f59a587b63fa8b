import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { buildPage } from '../../../monitoring/page/build.ts';
import { contentSecurityPolicy } from '../../../monitoring/page/policy.ts';
import { ruleGroups } from '../../../monitoring/rules.ts';
import { startPrometheus } from '../../support/prometheus.ts';
import type { PrometheusPrograms } from '../../support/prometheus-package.ts';
import { listen } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fleetSamples } from './samples.ts';

/** Starts Prometheus with samples of the last `seconds` and of the next ten minutes; its alerts wait for nothing. */
export async function prometheusWithSamples(
  t: ExecutionContext,
  programs: PrometheusPrograms,
  { seconds, step }: { seconds: number; step: number },
): Promise<string> {
  const folder = await temporaryFolder(t);
  const now = Math.floor(Date.now() / 1000);
  await writeFile(join(folder, 'samples.txt'), fleetSamples(now - seconds, now + 600, step));
  await execa(programs.promtool, ['tsdb', 'create-blocks-from', 'openmetrics', 'samples.txt', 'storage'], {
    cwd: folder,
  });
  const [, ...groups] = ruleGroups();
  const atOnce = groups.map(({ rules, ...group }) => ({
    ...group,
    rules: rules.map((rule) => ('alert' in rule ? { ...rule, for: '0s' } : rule)),
  }));
  return startPrometheus(t, programs, {
    configuration: stringify({ global: { evaluation_interval: '1s' }, rule_files: ['rules.yml'] }),
    files: { 'rules.yml': stringify({ groups: atOnce }, { aliasDuplicateObjects: false }) },
    storage: join(folder, 'storage'),
  });
}

const types: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };

/** Serves the page as a machine's nginx does, under its policy, with Prometheus behind it; returns the page's URL. */
export async function startSite(t: ExecutionContext, prometheus: () => string): Promise<string> {
  const files = new Map((await buildPage()).map(({ name, content }) => [`/monitoring/${name}`, content]));
  const server = createServer((request, response) => {
    const path = request.url === '/monitoring/' ? '/monitoring/index.html' : (request.url ?? '');
    const content = files.get(path);
    if (!content) return void forward(prometheus(), request, response);
    response.writeHead(200, {
      'Content-Type': `${types[path.split('.').at(-1) ?? '']}; charset=utf-8`,
      'Content-Security-Policy': contentSecurityPolicy,
    });
    response.end(content);
  });
  return `http://127.0.0.1:${await listen(t, server)}/monitoring/`;
}

async function forward(prometheus: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const answer = await fetch(prometheus + (request.url ?? '').replace('/monitoring/prometheus', ''));
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>');
  }
}
