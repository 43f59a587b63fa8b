import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { checkoutFolder } from '../../common/paths.ts';
import { bootstrapFailure } from '../../deployments/bootstrap-failure.ts';
import { endpoint, smokeTest } from '../../deployments/endpoint.ts';
import { placeOf } from '../../rehearsal/place.ts';
import { certificateFor } from '../rehearsal/certificates.ts';
import { listen } from '../rehearsal/servers.ts';
import { outputs } from './aws.ts';

const target = { access: { region: 'r', endpoint: undefined }, site: { accountId: '1' }, rehearsal: undefined };
const question = `-H 'content-type: application/json' -d '{"text": "Great service!"}'`;

test('the rehearsal is entered on this machine, with its own authority', (t) => {
  const { folder, ports } = placeOf(checkoutFolder);
  const authority = join(folder, 'tls/ca.pem');
  const url = `https://localhost:${ports.https}`;
  t.deepEqual(endpoint({ ...target, rehearsal: {} as never }, outputs), {
    url,
    authority,
    anyName: false,
    curl: `curl --cacert ${relative(process.cwd(), authority)} ${url}/predict ${question}`,
  });
});

test("AWS is entered by the domain, or by the balancer's own name", (t) => {
  const at = (url: string) => endpoint(target, { ...outputs, url });
  t.deepEqual(at('https://intents.example.com'), {
    url: 'https://intents.example.com',
    authority: undefined,
    anyName: false,
    curl: `curl https://intents.example.com/predict ${question}`,
  });
  const own = 'https://intent-fleet-1.eu-central-1.elb.amazonaws.com';
  t.deepEqual(at(own), {
    url: own,
    authority: undefined,
    anyName: true,
    curl: `curl --insecure ${own}/predict ${question}`,
  });
});

async function startEndpoint(t: ExecutionContext, status: number, answer: string) {
  const certificate = await certificateFor(t, 'localhost');
  const folder = await mkdtemp(join(tmpdir(), 'authority-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const authority = join(folder, 'ca.pem');
  await writeFile(authority, certificate.cert);
  const asked: string[] = [];
  const server = createServer(certificate, async (request, response) => {
    asked.push(`${request.method} ${request.url} ${await text(request)}`);
    response.writeHead(status).end(answer);
  });
  const port = await listen(t, server as never);
  return { asked, authority, url: `https://localhost:${port}`, byAddress: `https://127.0.0.1:${port}` };
}

const once = { retries: 0, minTimeout: 1 };
const common = { anyName: false, curl: '' };

test('the endpoint is asked a real question', async (t) => {
  const { url, authority, asked } = await startEndpoint(t, 200, '{"intent":"praise"}');
  t.is(await smokeTest({ ...common, url, authority }, once), 'praise');
  t.deepEqual(asked, ['POST /predict {"text": "Great service!"}']);
});

test('an answer without an intent is not taken for one', async (t) => {
  const failing = await startEndpoint(t, 503, 'no');
  await t.throwsAsync(smokeTest({ ...common, ...failing }, once), {
    name: 'UserError',
    message: `${failing.url}/predict: expected an intent, got 503: no`,
  });
  const empty = await startEndpoint(t, 200, '{}');
  await t.throwsAsync(smokeTest({ ...common, ...empty }, once), {
    message: `${empty.url}/predict: expected an intent, got 200: {}`,
  });
});

test('the certificate is checked, and its name unless no certificate can have it', async (t) => {
  const { url, byAddress, authority } = await startEndpoint(t, 200, '{"intent":"praise"}');
  await t.throwsAsync(smokeTest({ ...common, url, authority: undefined }, once), {
    name: 'UserError',
    message: /: expected an answer, got: self-signed certificate/,
  });
  await t.throwsAsync(smokeTest({ ...common, url: byAddress, authority }, once), {
    message: /does not match certificate/,
  });
  t.is(await smokeTest({ ...common, url: byAddress, authority, anyName: true }, once), 'praise');
  await t.throwsAsync(smokeTest({ ...common, url: byAddress, authority: undefined, anyName: true }, once), {
    message: /self-signed certificate/,
  });
});

test('nobody listens', async (t) => {
  await t.throwsAsync(smokeTest({ ...common, url: 'https://127.0.0.1:1', authority: undefined }, once), {
    name: 'UserError',
    message: 'https://127.0.0.1:1/predict: expected an answer, got: connect ECONNREFUSED 127.0.0.1:1',
  });
});

test("a bootstrap's failure is its failed task", async (t) => {
  const failureIn = (recap: string | undefined) =>
    bootstrapFailure({ logs: async () => (recap === undefined ? undefined : { recap }) } as never, 'i-1');
  const done = { role: 'proxy', task: 'install nginx', status: 'changed' };
  const failed = { role: 'proxy', task: 'test the site', status: 'failed', output: 'unknown directive\n' };
  t.is(
    await failureIn(JSON.stringify({ failed: 1, tasks: [done, failed] })),
    'the bootstrap failed at "proxy: test the site"\nunknown directive',
  );
  t.is(await failureIn(JSON.stringify({ failed: 0, tasks: [done] })), undefined);
  for (const none of [undefined, '', '{"failed":']) t.is(await failureIn(none), undefined);
});
