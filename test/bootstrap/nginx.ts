import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http';
import { createServer, type RequestOptions, request } from 'node:https';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import pRetry from 'p-retry';
import { paths } from '../../bootstrap/paths.ts';
import { prometheusPath } from '../../bootstrap/roles/prometheus.ts';
import { renderTemplate } from '../../bootstrap/templates.ts';
import { parseVariables, type VariablesInput } from '../../bootstrap/variables.ts';
import type { CertificateFiles } from '../../common/certificate.ts';
import { contentSecurityPolicy } from '../../monitoring/page/policy.ts';
import { freePort, listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { logVariables } from './log-variables.ts';

/** The nginx of this machine; undefined where it is not installed. */
export const nginxBinary = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'nginx'))
  .find(existsSync);

export interface Worker {
  port: number;
  /** The headers of each request, in their order. */
  seen: IncomingHttpHeaders[];
  /** Number of connections that were opened. */
  connections: () => number;
  stop(): void;
}

/** Starts a worker that answers every request with its name, or as a listener does. */
export async function startWorker(
  t: ExecutionContext,
  name: string,
  tls: { cert: Buffer; key: Buffer },
  listener: RequestListener = (_, response) => response.end(name),
): Promise<Worker> {
  const seen: IncomingHttpHeaders[] = [];
  let connections = 0;
  const server = createServer({ ...tls, keepAliveTimeout: 75_000 }, (incoming, response) => {
    seen.push(incoming.headers);
    incoming.resume();
    listener(incoming, response);
  });
  server.on('connection', () => connections++);
  const port = await listen(t, server);
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port, seen, connections: () => connections, stop };
}

export interface NginxSettings {
  ports: number[];
  proxy: CertificateFiles;
  service: CertificateFiles;
  nginx: VariablesInput['nginx'];
  /** The file without which the machine is not healthy. */
  marker: string;
  /** Ports of what the listener of metrics passes on; nothing listens on them by default. */
  metrics?: { workers: { port: number; metricsPort: number }[]; nginx: number; node: number };
}

/** A running nginx: its ports, and the file of its access log, which has each line at once. */
export interface RunningNginx {
  port: number;
  metrics: number;
  status: number;
  accessLog: string;
}

/** Runs the rendered configuration with other paths and other ports; returns the port of its public listener. */
export async function startNginx(t: ExecutionContext, settings: NginxSettings): Promise<number> {
  return (await startWithMetrics(t, settings)).port;
}

/** Runs the same configuration, and returns all that a test may need of it. */
export async function startWithMetrics(t: ExecutionContext, settings: NginxSettings): Promise<RunningNginx> {
  const { ports, proxy, service, nginx, marker, metrics = { workers: [], nginx: 9, node: 9 } } = settings;
  const folder = await temporaryFolder(t);
  const [port, listener, nginxStatus] = [await freePort(), await freePort(), await freePort()];
  const variables = parseVariables({
    nginx,
    network: { cidr: '127.0.0.0/8' },
    fleet: { name: 'test' },
    logs: logVariables,
  });
  const identity = { facts: { instanceId: 'i-1' }, release: '0123456789abcdef' };
  const tls = { proxy, service };
  const rendered = renderTemplate('nginx/nginx.conf.njk', {
    ...{ ...variables, ...identity, ports, tls, marker, paths },
    metrics: { ...metrics, listener, nginxStatus },
  });
  await runNginx(t, {
    folder,
    port,
    configuration: rendered.replace(`listen ${listener}`, `listen 127.0.0.1:${listener}`),
  });
  return { port, metrics: listener, status: nginxStatus, accessLog: join(folder, 'access.log') };
}

export interface DashboardSettings {
  proxy: CertificateFiles;
  /** Where the release is unpacked. */
  release: string;
  /** The port of Prometheus. */
  prometheus: number;
}

/** Runs the configuration of the monitoring machine; returns the port of its listener. */
export async function startDashboard(t: ExecutionContext, settings: DashboardSettings): Promise<number> {
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const rendered = renderTemplate('nginx/dashboard.conf.njk', {
    network: { cidr: '127.0.0.0/8' },
    paths: { ...paths, current: settings.release },
    tls: { proxy: settings.proxy },
    policy: contentSecurityPolicy,
    prometheus: { port: settings.prometheus, path: prometheusPath },
  });
  await runNginx(t, { folder, port, configuration: rendered });
  return port;
}

/** Runs a configuration with its files in a folder, and its public listener on another port. */
async function runNginx(
  t: ExecutionContext,
  { folder, port, configuration }: { folder: string; port: number; configuration: string },
): Promise<void> {
  const moved = configuration
    .replace(/^user .*$/m, '')
    .replace(/^include .*modules-enabled.*$/m, 'daemon off;')
    .replace('http {', `http {\n${temporaryPaths(folder)}`)
    .replace('/etc/nginx/mime.types', join(folder, 'mime.types'))
    .replaceAll('/var/log/nginx', folder)
    .replace(' buffer=64k flush=5s', '')
    .replace('/run/nginx.pid', join(folder, 'nginx.pid'))
    .replace('worker_processes auto', 'worker_processes 1')
    .replace('listen 443', `listen 127.0.0.1:${port}`);
  await writeFile(join(folder, 'mime.types'), 'types {}\n');
  await writeFile(join(folder, 'nginx.conf'), moved);
  const parameters = ['-p', folder, '-c', join(folder, 'nginx.conf')];
  const running = execa(nginxBinary ?? '', parameters, { all: true, reject: false });
  t.teardown(async () => {
    running.kill('SIGTERM');
    await running;
  });
  await untilListening(port, running);
}

// The distribution's paths belong to another user.
function temporaryPaths(folder: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return kinds.map((kind) => `  ${kind}_temp_path ${join(folder, kind)};`).join('\n');
}

// nginx answers plain HTTP, too: with 400.
async function untilListening(port: number, running: Promise<{ all: string }>): Promise<void> {
  const ended = running.then(({ all }) => {
    throw new Error(`nginx ended: ${all}`);
  });
  const attempts = { retries: 100, minTimeout: 50, factor: 1 };
  await Promise.race([pRetry(() => fetch(`http://127.0.0.1:${port}`), attempts), ended]);
}

export interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends one request over TLS and verifies the certificate. */
export async function sendRequest(options: RequestOptions, body = ''): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: 'localhost', servername: 'localhost', family: 4, ...options })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}
