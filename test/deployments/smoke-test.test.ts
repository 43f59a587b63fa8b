import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { smokeTest } from '../../deployments/smoke-test.ts';
import { certificateFor } from '../support/certificates.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function startEndpoint(t: ExecutionContext, status: number, answer: string) {
  const certificate = await certificateFor(t, 'localhost');
  const folder = await temporaryFolder(t);
  const authority = join(folder, 'ca.pem');
  await writeFile(authority, certificate.cert);
  const requests: string[] = [];
  const server = createServer(certificate, async (request, response) => {
    requests.push(`${request.method} ${request.url} ${await text(request)}`);
    response.writeHead(status).end(answer);
  });
  const port = await listen(t, server as never);
  return { requests, authority, url: `https://localhost:${port}`, byAddress: `https://127.0.0.1:${port}` };
}

const once = { retries: 0, minTimeout: 1 };
const common = { acceptsAnyName: false, curl: '' };

test('the endpoint gets a real request', async (t) => {
  const { url, authority, requests } = await startEndpoint(t, 200, '{"intent":"praise"}');
  t.is(await smokeTest({ ...common, url, authority }, once), 'praise');
  t.deepEqual(requests, ['POST /predict {"text": "Great service!"}']);
});

test('an answer without an intent is a failure', async (t) => {
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
  t.is(await smokeTest({ ...common, url: byAddress, authority, acceptsAnyName: true }, once), 'praise');
  await t.throwsAsync(smokeTest({ ...common, url: byAddress, authority: undefined, acceptsAnyName: true }, once), {
    message: /self-signed certificate/,
  });
});

test('an endpoint that refuses connections is a failure', async (t) => {
  await t.throwsAsync(smokeTest({ ...common, url: 'https://127.0.0.1:1', authority: undefined }, once), {
    name: 'UserError',
    message: 'https://127.0.0.1:1/predict: expected an answer, got: connect ECONNREFUSED 127.0.0.1:1',
  });
});
