import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { execa } from 'execa';
import { bootstrapFailure } from '../../bootstrap/runner/console.ts';
import { renderUserData } from '../../bootstrap/user-data.ts';
import { sha256 } from '../../common/checksum.ts';
import { endMember, gzipMember, tarBlocks } from '../../releases/archive.ts';
import { releaseEntry } from '../../releases/files.ts';
import { writeProgram } from '../support/programs.ts';
import { credentials, startCloud } from './cloud.ts';
import { logVariables } from './log-variables.ts';

const test = anyTest as TestFn<{ root: string }>;

test.beforeEach(async (t) => {
  t.context.root = await mkdtemp(join(tmpdir(), 'user-data-'));
});

test.afterEach.always(async (t) => {
  await rm(t.context.root, { recursive: true, force: true });
});

/** A release whose runtime prints its arguments and ends with a status. */
async function smallRelease(status = 0, executable = true): Promise<Buffer> {
  const script = `#!/bin/sh\necho "converged with $*"\nexit ${status}\n`;
  const files = [releaseEntry('bin/node', Buffer.from(script), { executable })];
  return Buffer.concat([await gzipMember(await tarBlocks(files)), await endMember()]);
}

interface Given {
  checksum?: string;
  /** The metadata service's answer for the role, instead of credentials. */
  role?: Record<string, string>;
  /** The key in the release's address, instead of the right one. */
  key?: string;
  path?: string;
  /** A machine without a console. */
  console?: 'none';
}

/** Runs the script with the machine's folders below a folder of the test, and with another metadata service. */
async function runUserData(t: ExecutionContext<{ root: string }>, archive: Buffer, given: Given = {}) {
  const checksum = given.checksum ?? sha256(archive);
  const key = '/bucket/releases/release-1.tar.gz';
  const cloud = await startCloud(t, { [key]: archive }, given.role);
  const script = renderUserData({
    release: { url: cloud.url + (given.key ?? key), sha256: checksum, region: 'eu-central-1' },
    variables: { network: { cidr: '10.20.0.0/16' }, fleet: { name: 'test' }, logs: logVariables },
  });
  const console = join(t.context.root, 'console');
  if (given.console !== 'none') await writeFile(console, 'debian login: ');
  const moved = script
    .replaceAll('http://169.254.169.254', cloud.url)
    .replaceAll('--retry 8', '--retry 1')
    .replace('/dev/console', console)
    .replaceAll(/(?<=['\s])\/(opt|var\/log|etc)\/intent-fleet/g, `${t.context.root}/$1/intent-fleet`);
  const result = await execa('bash', ['-c', moved], {
    all: true,
    reject: false,
    timeout: 20_000,
    ...(given.path && { env: { PATH: given.path } }),
  });
  const shown = await readFile(console, 'utf8').catch(() => undefined);
  const { requests } = cloud;
  return { status: result.exitCode, output: result.all, requests, id: checksum.slice(0, 16), console: shown };
}

const metadataRequests = [
  'PUT /latest/api/token 200',
  'GET /latest/meta-data/iam/security-credentials/ 200',
  'GET /latest/meta-data/iam/security-credentials/the-role 200',
];

test('the release is fetched with a valid signature, unpacked and converged', async (t) => {
  const { root } = t.context;
  const { status, output, requests, id } = await runUserData(t, await smallRelease());
  t.is(status, 0, output);
  t.deepEqual(requests, [...metadataRequests, 'GET /bucket/releases/release-1.tar.gz 200']);
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
  const { status, console } = await runUserData(t, await smallRelease(3));
  t.is(status, 3);
  t.is(console, 'debian login: ');
});

/** What a script that failed before the bootstrap ran has written on the console: the step, and the last lines of its log. */
function onConsole(task: string, output: string[]): string {
  const lines = [`bootstrap failed: user-data: ${task}`, ...output.map((line) => `| ${line}`)];
  return `debian login: ${lines.map((line) => `intent-fleet: ${line}\n`).join('')}`;
}

const recapLine = /intent-fleet: recap: ok=0 changed=0 skipped=0 failed=1 in \d+\.0 s\n$/;

test('a runtime that cannot be executed is a failed step, in the recap and on the console', async (t) => {
  const { root } = t.context;
  const { status, output, id, console = '' } = await runUserData(t, await smallRelease(0, false));
  t.is(status, 126);
  t.deepEqual(await recapOf(root), failedAt(root, id, 'Converge', 126));
  t.regex(console, recapLine);
  t.is(console.replace(recapLine, ''), onConsole('Converge', output.split('\n').slice(-5)));
  t.regex(output, /bin\/node: cannot execute: Permission denied\nfailed: Converge \(status 126\)$/);
});

test('a failed step is on the console as a run of the bootstrap would be', async (t) => {
  const { console = '', output } = await runUserData(t, await smallRelease(), { checksum: 'a'.repeat(64) });
  const lines = output.split('\n').slice(-5);
  t.is(lines.at(-1), 'failed: Verify the checksum of the release (status 1)');
  t.is(
    bootstrapFailure(console),
    ['the bootstrap failed at "user-data: Verify the checksum of the release"', ...lines].join('\n'),
  );
});

test('a machine without a console fails with the same status and recap, and the log says it', async (t) => {
  const { root } = t.context;
  const given = { checksum: 'a'.repeat(64), console: 'none' } as const;
  const { status, output, id, console } = await runUserData(t, await smallRelease(), given);
  t.is(status, 1);
  t.is(console, undefined);
  t.true(output.endsWith(`\ndd: failed to open '${root}/console': No such file or directory`), output);
  t.deepEqual(await recapOf(root), failedAt(root, id, 'Verify the checksum of the release', 1));
});

test('a secret is never on the console', async (t) => {
  const role = { ...credentials, SecretAccessKey: 'another' };
  const { console = '' } = await runUserData(t, await smallRelease(), { role });
  t.regex(console, /^debian login: intent-fleet: bootstrap failed: user-data: Fetch the release\n/);
  for (const secret of [...Object.values(role), 'Credential=']) t.false(console.includes(secret));
});

test('a release with another checksum is refused and removed', async (t) => {
  const { root } = t.context;
  const { status, output, id } = await runUserData(t, await smallRelease(), { checksum: 'a'.repeat(64) });
  t.is(status, 1);
  t.regex(output, /release\.tar\.gz: FAILED\n/);
  t.deepEqual(await readdir(join(root, 'opt/intent-fleet/releases')), []);
  t.deepEqual(await recapOf(root), failedAt(root, id, 'Verify the checksum of the release', 1));
});

const recapOf = async (root: string) =>
  JSON.parse(await readFile(join(root, 'var/log/intent-fleet/recap.json'), 'utf8'));

/** The recap of a script that failed before the bootstrap ran. */
function failedAt(root: string, release: string, task: string, status: number) {
  const output = `status ${status}, see ${root}/var/log/intent-fleet/bootstrap.log`;
  const failed = { role: 'user-data', task, kind: 'command', status: 'failed', milliseconds: 0, output };
  return { format: 1, release, check: false, ok: 0, changed: 0, skipped: 0, failed: 1, tasks: [failed] };
}

test('a role without credentials is an error', async (t) => {
  const { root } = t.context;
  const { status, requests, id } = await runUserData(t, await smallRelease(), { role: { Code: 'Failed' } });
  t.is(status, 1);
  t.deepEqual(requests, metadataRequests);
  const step = 'Read the role credentials from the metadata service';
  t.deepEqual(await recapOf(root), failedAt(root, id, step, 1));
});

test('a request with an invalid signature is refused and retried before the script fails', async (t) => {
  const { root } = t.context;
  const role = { ...credentials, SecretAccessKey: 'another' };
  const { status, output, requests, id } = await runUserData(t, await smallRelease(), { role });
  t.is(status, 22);
  t.regex(output, /The requested URL returned error: 403/);
  const get = 'GET /bucket/releases/release-1.tar.gz 403';
  t.deepEqual(requests, [...metadataRequests, get, get]);
  t.deepEqual(await recapOf(root), failedAt(root, id, 'Fetch the release', 22));
  t.deepEqual(await readdir(join(root, 'opt/intent-fleet/releases')), []);
});

test('a missing release is an error, and the error page is not unpacked', async (t) => {
  const { status, output } = await runUserData(t, await smallRelease(), { key: '/bucket/none.tar.gz' });
  t.is(status, 22);
  t.regex(output, /error: 404/);
});

test('curl is installed where it is missing', async (t) => {
  const { root } = t.context;
  const path = join(root, 'bin');
  await mkdir(path);
  const needed = 'bash cat date gzip mkdir mv rm sed sh sha256sum tar tee tr'.split(' ');
  for (const name of needed) await symlink(`/usr/bin/${name}`, join(path, name));
  const install = `#!/bin/sh\necho "apt-get $*"\ncase "$*" in *install*) /usr/bin/ln -s /usr/bin/curl ${path}/curl;; esac\n`;
  await writeProgram(join(path, 'apt-get'), install);
  const { status, output } = await runUserData(t, await smallRelease(), { path });
  t.is(status, 0, output);
  t.regex(output, /\napt-get -o DPkg::Lock::Timeout=300 -q update\n/);
  t.regex(output, /\napt-get -o \S+ -q -y install --no-install-recommends curl ca-certificates\n/);
});

test('the remains of an interrupted run are removed', async (t) => {
  const archive = await smallRelease();
  const releases = join(t.context.root, 'opt/intent-fleet/releases');
  const partial = join(releases, `.${sha256(archive).slice(0, 16)}.partial`);
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, 'release.tar.gz'), 'half');
  const { status, output, id } = await runUserData(t, archive);
  t.is(status, 0, output);
  t.deepEqual(await readdir(releases), [id]);
});
