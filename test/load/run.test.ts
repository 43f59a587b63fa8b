import { writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { type RunProps, runLoad } from '../../load/run.ts';
import { certificateFor } from '../support/certificates.ts';
import { freePort, listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** An HTTPS endpoint with a certificate of its own. */
async function startEndpoint(t: ExecutionContext, listener: RequestListener) {
  const certificate = await certificateFor(t, 'localhost');
  const authority = join(await temporaryFolder(t), 'ca.pem');
  await writeFile(authority, certificate.cert);
  const port = await listen(t, createServer(certificate, listener) as never);
  return { url: `https://localhost:${port}`, authority, acceptsAnyName: false };
}

const common = { texts: ['one', 'two'], signal: new AbortController().signal, report: () => undefined };

function run(props: Pick<RunProps, 'endpoint' | 'options'> & Partial<RunProps>) {
  return runLoad({ ...common, ...props });
}

test('every request is sent once, when it is due, and counted with its outcome', async (t) => {
  const seen: string[] = [];
  const endpoint = await startEndpoint(t, async (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['content-type']} ${await text(request)}`);
    response.setHeader('X-Served-By', `i-${seen.length % 2}`).setHeader('X-Release', '0123456789abcdef');
    if (seen.length % 10 === 1) return request.socket.destroy();
    if (seen.length % 10 === 2) return response.writeHead(503).end('{}');
    if (seen.length % 10 === 3) return response.writeHead(429, { 'RateLimit-Policy': '"machine";q=1;w=1' }).end();
    return response.end('{"intent":"praise"}');
  });
  const lines: string[] = [];
  const options = { rate: 50, connections: 10, seconds: 2 };
  const { result, unsent } = await run({ endpoint, options, report: (line) => lines.push(line) });
  const { latencies, latencyBins: _, bySecond, ...counts } = result;
  t.deepEqual(counts, {
    requests: 100,
    failures: 30,
    seconds: 2,
    statuses: { '200': 70, '429': 10, '503': 10, UND_ERR_SOCKET: 10 },
    machines: { 'i-0': 50, 'i-1': 40 },
    releases: { '0123456789abcdef': 90 },
    limits: { machine: 10 },
  });
  t.is(unsent, 0);
  t.is(bySecond.length, 2);
  t.true((latencies?.max ?? 0) > 0);
  t.regex(lines[0] ?? '', /^[12] s, [01] s left · \d+ requests\/s · p90 [\d.–]+ ms · \d+ failed$/);
  const bodies = ['one', 'two'].map((sent) => `POST /predict application/json {"text":"${sent}"}`);
  t.deepEqual([...new Set(seen)].sort(), bodies);
  t.is(seen.length, 100);
});

test('without a rate each connection has one request at a time', async (t) => {
  let underWay = 0;
  let most = 0;
  // The first answer waits for as many requests as there are connections, however busy this machine is.
  const three = Promise.withResolvers<void>();
  const endpoint = await startEndpoint(t, async (_, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    if (underWay === 3) three.resolve();
    await three.promise;
    setTimeout(() => {
      underWay -= 1;
      response.end('{}');
    }, 20);
  });
  const { result } = await run({ endpoint, options: { rate: undefined, connections: 3, seconds: 1 } });
  t.is(most, 3);
  t.deepEqual(result.statuses, { '200': result.requests });
  t.true(result.requests > 3 && result.requests <= 153, `${result.requests}`);
  t.true((result.latencies?.p10 ?? 0) >= 19);
});

test('a request that waits for a connection takes that time, too, and one that waits too long is not sent', async (t) => {
  const endpoint = await startEndpoint(t, (_, response) => setTimeout(() => response.end('{}'), 400));
  const { result, unsent } = await run({ endpoint, options: { rate: 20, connections: 1, seconds: 1 } });
  t.is(result.requests + unsent, 20);
  t.true(unsent > 10, `${unsent}`);
  t.true((result.latencies?.max ?? 0) > 1000);
});

test('nothing is sent to an endpoint whose certificate is not trusted', async (t) => {
  let requests = 0;
  const endpoint = await startEndpoint(t, (_, response) => {
    requests += 1;
    response.end('{}');
  });
  const options = { rate: 10, connections: 2, seconds: 1 };
  const foreign = await run({ endpoint: { ...endpoint, authority: undefined }, options });
  t.deepEqual(foreign.result.statuses, { DEPTH_ZERO_SELF_SIGNED_CERT: 10 });
  const otherName = await run({
    endpoint: { ...endpoint, url: endpoint.url.replace('localhost', '127.0.0.1') },
    options,
  });
  t.deepEqual(otherName.result.statuses, { ERR_TLS_CERT_ALTNAME_INVALID: 10 });
  t.is(requests, 0);
  const anyName = { ...endpoint, url: endpoint.url.replace('localhost', '127.0.0.1'), acceptsAnyName: true };
  t.deepEqual((await run({ endpoint: anyName, options })).result.statuses, { '200': 10 });
});

test('an endpoint that refuses connections gets a few of them', async (t) => {
  const url = `https://127.0.0.1:${await freePort()}`;
  const endpoint = { url, authority: undefined, acceptsAnyName: false };
  const { result } = await run({ endpoint, options: { rate: undefined, connections: 2, seconds: 1 } });
  t.deepEqual(result.statuses, { ECONNREFUSED: result.failures });
  t.true(result.failures > 0 && result.failures <= 20, `${result.failures}`);
});

test('an interrupted load has its figures until then, also where requests have no answer', async (t) => {
  let requests = 0;
  const endpoint = await startEndpoint(t, (_, response) => {
    requests += 1;
    if (requests % 2 === 0) response.end('{}');
  });
  const interruption = new AbortController();
  setTimeout(() => interruption.abort(), 1000);
  const startedAt = performance.now();
  const { result, unsent } = await run({
    ...{ endpoint, signal: interruption.signal },
    options: { rate: 20, connections: 100, seconds: 3600 },
  });
  t.true(performance.now() - startedAt < 10_000);
  t.true(result.seconds > 0 && result.seconds < 10, `${result.seconds}`);
  t.deepEqual(Object.keys(result.statuses), ['200', 'UND_ERR_DESTROYED']);
  t.is(result.requests, requests);
  t.is(unsent, 0);
});
