import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import anyTest, { type ExecutionContext } from 'ava';
import { makeCertificate } from '../support/certificates.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { nginxBinary, sendRequest, startWithMetrics, startWorker } from './nginx.ts';

// Skipped where nginx is not installed; the report says so.
const test = nginxBinary === undefined ? anyTest.skip : anyTest;

const requests = 200;

/** Sends requests that are answered 200, 404 and 500 in equal parts, and counts the log lines of each status. */
async function countLines(t: ExecutionContext, loggedPercent: number): Promise<Record<string, number>> {
  const folder = await temporaryFolder(t);
  const [proxy, service] = [await makeCertificate(folder, 'proxy'), await makeCertificate(folder, 'service')];
  const tls = { cert: await readFile(service.certificate), key: await readFile(service.key) };
  const worker = await startWorker(t, 'one', tls, ({ url }, response) => {
    response.statusCode = Number(url?.slice(1));
    response.end();
  });
  // nginx's processes run as another user.
  await chmod(folder, 0o755);
  const { port, accessLog } = await startWithMetrics(t, {
    ...{ ports: [worker.port], proxy, service, marker: join(folder, 'marker') },
    nginx: { rateLimit: { requestsPerSecond: 1000, burst: 1000 }, loggedPercent },
  });
  const ca = await readFile(proxy.certificate);
  for (let request = 0; request < requests; request++)
    for (const status of [200, 404, 500]) await sendRequest({ port, ca, path: `/${status}` });
  const counts: Record<string, number> = {};
  for (const line of (await readFile(accessLog, 'utf8')).trim().split('\n')) {
    const { path, status } = JSON.parse(line) as { path: string; status: number };
    // The other path is that of what waits for nginx.
    if (path !== '/') counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

test('every request has a line', async (t) => {
  t.deepEqual(await countLines(t, 100), { 200: requests, 404: requests, 500: requests });
});

test('of a share, a part of the answers without an error have a line, and every error', async (t) => {
  const { 200: answered = 0, ...errors } = await countLines(t, 50);
  t.deepEqual(errors, { 404: requests, 500: requests });
  // Beyond seven standard deviations of a binomial distribution with p = 0.5.
  t.true(answered > 50 && answered < 150, `${answered} of ${requests}`);
});
