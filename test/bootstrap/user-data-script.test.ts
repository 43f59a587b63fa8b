import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { execa } from 'execa';
import { renderUserData } from '../../bootstrap/user-data.ts';
import { endMember, gzipMember, tarBlocks } from '../../scripts/release/archive.ts';
import { startCloud } from './cloud.ts';

const test = anyTest as TestFn<{ root: string }>;

test.beforeEach(async (t) => {
  t.context.root = await mkdtemp(join(tmpdir(), 'user-data-'));
});

test.afterEach.always(async (t) => {
  await rm(t.context.root, { recursive: true, force: true });
});

/** A release whose runtime says with what it was called, and ends as it is told to. */
async function smallRelease(status = 0): Promise<Buffer> {
  const script = `#!/bin/sh\necho "converged with $*"\nexit ${status}\n`;
  const files = [{ path: 'bin/node', content: Buffer.from(script), executable: true }];
  return Buffer.concat([await gzipMember(await tarBlocks(files)), await endMember()]);
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** Runs the very script, with the machine's folders below a folder of the test and the metadata service on its port. */
async function runUserData(t: ExecutionContext<{ root: string }>, archive: Buffer, checksum = sha256(archive)) {
  const key = '/bucket/releases/release-1.tar.gz';
  const cloud = await startCloud({ [key]: archive });
  t.teardown(cloud.close);
  const script = renderUserData({
    release: { url: cloud.url + key, sha256: checksum, region: 'eu-central-1' },
    variables: { network: { cidr: '10.20.0.0/16' }, fleet: { name: 'test' } },
  });
  const moved = script
    .replaceAll('http://169.254.169.254', cloud.url)
    .replaceAll('--retry 8', '--retry 1')
    .replaceAll(/(?<=['\s])\/(opt|var\/log|etc)\/intent-fleet/g, `${t.context.root}/$1/intent-fleet`);
  const result = await execa('bash', ['-c', moved], { all: true, reject: false, timeout: 20_000 });
  return { status: result.exitCode, output: result.all, requests: cloud.requests, id: checksum.slice(0, 16) };
}

const asked = [
  'PUT /latest/api/token 200',
  'GET /latest/meta-data/iam/security-credentials/ 200',
  'GET /latest/meta-data/iam/security-credentials/the-role 200',
];

test('fetches the release with a signature that holds, unpacks it and converges', async (t) => {
  const { root } = t.context;
  const { status, output, requests, id } = await runUserData(t, await smallRelease());
  t.is(status, 0, output);
  t.deepEqual(requests, [...asked, 'GET /bucket/releases/release-1.tar.gz 200']);
  t.deepEqual(await readdir(join(root, 'opt/intent-fleet/releases')), [id]);
  const release = join(root, 'opt/intent-fleet/releases', id);
  const variables = join(root, 'etc/intent-fleet/variables.json');
  t.true(output.endsWith(`converged with ${release}/bootstrap/bootstrap.mjs converge --variables ${variables}`));
  t.is(JSON.parse(await readFile(variables, 'utf8')).service.firstPort, 8081);
  t.is((await readFile(join(root, 'var/log/intent-fleet/bootstrap.log'), 'utf8')).trimEnd(), output);
  t.false(output.includes('se/cret'));
});

test('a second run fetches nothing', async (t) => {
  const archive = await smallRelease();
  await runUserData(t, archive);
  const { status, requests } = await runUserData(t, archive);
  t.is(status, 0);
  t.deepEqual(requests, []);
});

test("the bootstrap's status is the script's", async (t) => {
  const { status } = await runUserData(t, await smallRelease(3));
  t.is(status, 3);
});

test('a release with another checksum is refused, and nothing of it stays', async (t) => {
  const { root } = t.context;
  const { status, output, id } = await runUserData(t, await smallRelease(), 'a'.repeat(64));
  t.is(status, 1);
  t.regex(output, /release\.tar\.gz: FAILED\n/);
  t.deepEqual(await readdir(join(root, 'opt/intent-fleet/releases')), []);
  const recap = JSON.parse(await readFile(join(root, 'var/log/intent-fleet/recap.json'), 'utf8'));
  t.deepEqual(recap, {
    format: 1,
    release: id,
    check: false,
    ok: 0,
    changed: 0,
    skipped: 0,
    failed: 1,
    tasks: [
      {
        role: 'user-data',
        task: 'Compare the checksum of the release',
        kind: 'command',
        status: 'failed',
        milliseconds: 0,
        output: `status 1, see ${root}/var/log/intent-fleet/bootstrap.log`,
      },
    ],
  });
});

test('what an interrupted run left is no hindrance', async (t) => {
  const archive = await smallRelease();
  const releases = join(t.context.root, 'opt/intent-fleet/releases');
  const partial = join(releases, `.${sha256(archive).slice(0, 16)}.partial`);
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, 'release.tar.gz'), 'half');
  const { status, output, id } = await runUserData(t, archive);
  t.is(status, 0, output);
  t.deepEqual(await readdir(releases), [id]);
});
