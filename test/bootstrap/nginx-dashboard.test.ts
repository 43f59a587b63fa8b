import { chmod, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import anyTest, { type ExecutionContext } from 'ava';
import { contentSecurityPolicy } from '../../monitoring/page/policy.ts';
import { makeCertificate } from '../support/certificates.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { nginxBinary, sendRequest, startDashboard } from './nginx.ts';

// Skipped where nginx is not installed; the report says so.
const test = nginxBinary === undefined ? anyTest.skip : anyTest;

// As in an archive, whose files all have the same time.
const packedAt = new Date('2000-01-01T00:00:00Z');

/** The real nginx before a page of one file and a Prometheus that answers with the path it is asked for. */
async function start(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  const proxy = await makeCertificate(folder, 'proxy');
  const release = join(folder, 'release');
  await mkdir(join(release, 'page'), { recursive: true });
  await writeFile(join(folder, 'secret'), 'secret');
  const writePage = async (content: string) => {
    await writeFile(join(release, 'page/index.html'), content);
    await utimes(join(release, 'page/index.html'), packedAt, packedAt);
  };
  await writePage('first');
  // nginx's processes run as another user.
  await chmod(folder, 0o755);
  const prometheus = createServer(({ url }, response) => response.end(`Prometheus ${url}`));
  const port = await startDashboard(t, { proxy, release, prometheus: await listen(t, prometheus) });
  const ca = await readFile(proxy.certificate);
  const ask = (path: string, headers: Record<string, string> = {}) => sendRequest({ port, ca, path, headers });
  return { ask, writePage };
}

test('the page is below /monitoring/, under its policy', async (t) => {
  const { ask } = await start(t);
  const { status, body, headers } = await ask('/monitoring/');
  t.deepEqual([status, body], [200, 'first']);
  t.is(headers['content-security-policy'], contentSecurityPolicy);
  t.is(headers['referrer-policy'], 'no-referrer');
  t.is(headers['x-content-type-options'], 'nosniff');
  t.is((await ask('/monitoring')).headers.location, '/monitoring/');
});

test('a browser never takes the page of another version for the one that it has', async (t) => {
  const { ask, writePage } = await start(t);
  const { headers } = await ask('/monitoring/');
  t.deepEqual([headers['cache-control'], headers.etag, headers['last-modified']], ['no-cache', undefined, undefined]);
  await writePage('other');
  const asked = { 'if-none-match': '"386d4380-5"', 'if-modified-since': packedAt.toUTCString() };
  t.is((await ask('/monitoring/', asked)).body, 'other');
});

test('Prometheus is below the page, and its readiness is the health of the machine', async (t) => {
  const { ask } = await start(t);
  const bodies = ['/monitoring/health', '/monitoring/prometheus/api/v1/query?query=up', '/monitoring/prometheus/graph'];
  t.deepEqual(await Promise.all(bodies.map(async (path) => (await ask(path)).body)), [
    'Prometheus /monitoring/prometheus/-/ready',
    'Prometheus /monitoring/prometheus/api/v1/query?query=up',
    'Prometheus /monitoring/prometheus/graph',
  ]);
});

test('nothing else is there: no other file, no profile and no memory of Prometheus', async (t) => {
  const { ask } = await start(t);
  const paths = [
    ...['/', '/health', '/metrics', '/monitoring/nothing', '/monitoring../secret', '/monitoring/..%2f..%2fsecret'],
    ...['/monitoring/prometheus/debug/pprof/heap', '/monitoring/prometheus//debug/pprof/heap'],
    '/monitoring/prometheus/%64ebug/pprof/heap',
  ];
  for (const path of paths) t.true([400, 404].includes((await ask(path)).status ?? 0), path);
});
