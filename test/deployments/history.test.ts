import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import test, { type ExecutionContext } from 'ava';
import { History } from '../../deployments/history.ts';
import type { HistoryEntry } from '../../deployments/history-entry.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { listen } from '../support/servers.ts';

const bucket = 'releases';

const entry: HistoryEntry = {
  ...{ format: 1, beganAt: '2026-01-02T03:04:05.678Z', endedAt: null },
  ...{ user: 'ann', host: 'laptop', command: 'make apply', strategy: 'canary', from: 'r-1', to: 'r-2' },
  ...{ outcome: 'under way', reason: null, modelVersions: { from: 'm1', to: 'm2' } },
};

function ignore(line: string): void {
  throw new Error(line);
}

test('the end of a deployment replaces its beginning, and the newest is the first', async (t) => {
  const { objects: client } = await emulated(t);
  await client.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: location }));
  const history = new History({ client, bucket });
  t.deepEqual(await history.list(10, ignore), []);
  const ended = { ...entry, endedAt: '2026-01-02T03:14:05.000Z', outcome: 'successful' as const };
  const later = { ...ended, beganAt: '2026-01-03T00:00:00Z', from: 'r-2', to: 'r-3' };
  // Whoever carries it on has not begun it.
  const others = { ...ended, user: 'bob', host: 'server', command: 'make promote' };
  for (const each of [later, entry, others]) t.true(await history.record(each));
  t.deepEqual(await history.list(10, ignore), [later, ended]);
  t.deepEqual(await history.list(1, ignore), [later]);
  const key = 'history/2026-01-02T03-04-05-678Z-r-2.json';
  const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  t.is(ContentType, 'application/json');
  t.is(await Body?.transformToString(), `${JSON.stringify(ended, null, 2)}\n`);
});

const location = { LocationConstraint: 'eu-central-1' as const };

test('an object that cannot be read is named and left out', async (t) => {
  const { objects: client } = await emulated(t);
  await client.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: location }));
  const history = new History({ client, bucket });
  await history.record(entry);
  const put = (name: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: `history/${name}`, Body }));
  await put('2026-02-01.json', '{"form');
  await put('2026-03-01.json', JSON.stringify({ ...entry, format: 2 }));
  await put('2026-04-01.json', JSON.stringify({ ...entry, outcome: 'good', mood: 'fine' }));
  const lines: string[] = [];
  t.deepEqual(await history.list(10, (line) => lines.push(line)), [entry]);
  const outcomes = "'under way' or 'successful' or 'rolled back' or 'stuck'";
  t.deepEqual(lines.toSorted(), [
    's3://releases/history/2026-02-01.json is left out: (top level): expected a mapping, got nothing',
    "s3://releases/history/2026-03-01.json is left out: format: expected '1', got 2",
    `s3://releases/history/2026-04-01.json is left out: outcome: expected ${outcomes}, got "good", mood: unknown key`,
  ]);
});

/** A client of an S3 that answers by `answer`, from the query of a request and its path. */
async function clientOf(t: ExecutionContext, answer: (query: URLSearchParams, path: string) => [number, string]) {
  const server = createServer(async (request, response) => {
    await text(request);
    const { searchParams, pathname } = new URL(request.url ?? '', 'http://localhost');
    const [status, body] = answer(searchParams, pathname);
    response.writeHead(status).end(body);
  });
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  return new S3Client({ endpoint, region: 'eu-central-1', credentials, forcePathStyle: true, maxAttempts: 1 });
}

function failure(code: string): string {
  return `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

test('a long history is read page by page', async (t) => {
  const pages: (string | null)[] = [];
  const keys = ['history/1.json', 'history/2.json', 'history/3.json'];
  const client = await clientOf(t, (query, path) => {
    if (!query.has('list-type')) return [200, JSON.stringify({ ...entry, to: path })];
    pages.push(query.get('continuation-token'));
    const page = pages.length - 1;
    const contents = `<Contents><Key>${keys[page]}</Key></Contents>`;
    const more =
      page < 2 ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${page}</NextContinuationToken>` : '';
    return [200, `<ListBucketResult>${contents}${more}</ListBucketResult>`];
  });
  const entries = await new History({ client, bucket }).list(2, ignore);
  t.deepEqual(
    entries.map(({ to }) => to),
    ['/releases/history/3.json', '/releases/history/2.json'],
  );
  t.deepEqual(pages, [null, '0', '1']);
});

test('without the bucket nothing is recorded yet; any other refusal is an error', async (t) => {
  const missing = new History({ client: await clientOf(t, () => [404, failure('NoSuchBucket')]), bucket });
  t.false(await missing.record(entry));
  t.deepEqual(await missing.list(10, ignore), []);
  const refused = new History({ client: await clientOf(t, () => [403, failure('AccessDenied')]), bucket });
  await t.throwsAsync(refused.record(entry), { name: 'AccessDenied' });
  await t.throwsAsync(refused.list(10, ignore), { name: 'AccessDenied' });
});
