import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { createServer, type RequestOptions, request } from 'node:https';
import { type AddressInfo, createServer as createListener, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { renderTemplate } from '../../bootstrap/templates.ts';
import { parseVariables, type VariablesInput } from '../../bootstrap/variables.ts';

/** The real nginx of this machine, or undefined: the rehearsal installs it. */
export const nginxBinary = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'nginx'))
  .find(existsSync);

export interface Certificate {
  certificate: string;
  key: string;
}

/** A certificate for loopback, as a machine makes its own. */
export async function makeCertificate(folder: string, name: string): Promise<Certificate> {
  const [certificate, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '2'];
  await execa('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', certificate]);
  return { certificate, key };
}

export interface Worker {
  port: number;
  /** The headers of each request, in their order. */
  seen: IncomingHttpHeaders[];
  /** How many connections were opened. */
  connections: () => number;
  stop(): void;
}

/** A worker that answers every request with its own name. */
export async function startWorker(name: string, tls: { cert: Buffer; key: Buffer }): Promise<Worker> {
  const seen: IncomingHttpHeaders[] = [];
  let connections = 0;
  const server = createServer({ ...tls, keepAliveTimeout: 75_000 }, (incoming, response) => {
    seen.push(incoming.headers);
    incoming.resume();
    response.end(name);
  });
  server.on('connection', () => connections++);
  const port = await listen(server);
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port, seen, connections: () => connections, stop };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** nginx itself cannot be asked for any free port. */
async function freePort(): Promise<number> {
  const server = createListener();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Nginx {
  port: number;
  stop(): Promise<void>;
}

export interface NginxSettings {
  ports: number[];
  proxy: Certificate;
  service: Certificate;
  nginx: VariablesInput['nginx'];
}

/** Runs the rendered configuration as it is, but for the places of its files and its port. */
export async function startNginx({ ports, proxy, service, nginx }: NginxSettings): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const variables = parseVariables({ nginx, network: { cidr: '127.0.0.0/8' }, fleet: { name: 'test' } });
  const rendered = renderTemplate('nginx/nginx.conf.njk', { ...variables, ports, tls: { proxy, service } });
  const moved = rendered
    .replace(/^user .*$/m, '')
    .replace(/^include .*modules-enabled.*$/m, 'daemon off;')
    .replace('http {', `http {\n${temporaryFolders(folder)}`)
    .replace('/etc/nginx/mime.types', join(folder, 'mime.types'))
    .replaceAll('/var/log/nginx', folder)
    .replace('/run/nginx.pid', join(folder, 'nginx.pid'))
    .replace('worker_processes auto', 'worker_processes 1')
    .replace('listen 443', `listen 127.0.0.1:${port}`);
  await writeFile(join(folder, 'mime.types'), 'types {}\n');
  await writeFile(join(folder, 'nginx.conf'), moved);
  const running = execa(nginxBinary ?? '', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    all: true,
    reject: false,
  });
  const stop = async () => {
    running.kill('SIGTERM');
    await running;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilItListens(port, running);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

/** The distribution's own belong to another user. */
function temporaryFolders(folder: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return kinds.map((kind) => `  ${kind}_temp_path ${join(folder, kind)};`).join('\n');
}

async function untilItListens(port: number, running: Promise<{ all: string }>): Promise<void> {
  const ended = running.then(({ all }) => {
    throw new Error(`nginx ended: ${all}`);
  });
  const answered = async () => {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await isListening(port)) return;
      await sleep(50);
    }
    throw new Error('nginx did not listen within 5 s');
  };
  await Promise.race([answered(), ended]);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    plainRequest({ port, host: '127.0.0.1' })
      .on('response', (response) => resolve(Boolean(response.resume())))
      .on('error', () => resolve(false))
      .end();
  });
}

export interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request over TLS, with the certificate checked. */
export async function ask(options: RequestOptions, body = ''): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: 'localhost', servername: 'localhost', family: 4, ...options })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}
