import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { execa } from 'execa';

const test = anyTest as TestFn<{ folder: string }>;
const main = resolve(import.meta.dirname, '../../bootstrap/main.ts');

test.beforeEach(async (t) => {
  t.context.folder = await mkdtemp(join(tmpdir(), 'bootstrap-'));
});

test.afterEach.always((t) => rm(t.context.folder, { recursive: true, force: true }));

async function converge(t: ExecutionContext<{ folder: string }>, ...more: string[]) {
  const { folder } = t.context;
  const recap = join(folder, 'recap.json');
  const argv = [main, 'converge', '--release', folder, '--variables', join(folder, 'variables.json'), '--recap', recap];
  const { exitCode, all } = await execa(process.execPath, [...argv, ...more], { all: true, reject: false });
  return { status: exitCode, output: all, recap: await readFile(recap, 'utf8').then(JSON.parse, () => undefined) };
}

async function write(t: ExecutionContext<{ folder: string }>, name: string, value: unknown): Promise<string> {
  const path = join(t.context.folder, name);
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const start = { runtime: 'bin/node', options: [], program: 'app/service.mjs', environment: {} };
const manifest = { format: 2, node: '24.0.0', model: 'm', start, files: { 'bin/node': 'a'.repeat(64) } };
const variables = { network: { cidr: '10.20.0.0/16' }, fleet: { name: 'intent-fleet' } };

test('a run that fails ends with status 1, in the log and in the recap', async (t) => {
  await write(t, 'release.json', manifest);
  await write(t, 'variables.json', variables);
  const { status, output, recap } = await converge(t, '--tags', 'release');
  t.is(status, 1);
  t.regex(output, /^failed +\d+ ms {2}release: Verify the release's checksums\n/);
  t.regex(output, /\n {4}bin\/node: FAILED open or read\n/);
  t.regex(output, /\nrecap: ok=0 changed=0 skipped=0 failed=1 in \d+\.\d s$/);
  t.is(recap.failed, 1);
  t.regex(recap.tasks[0].output, /bin\/node: FAILED open or read/);
});

test('checking changes nothing and writes no recap', async (t) => {
  await write(t, 'release.json', manifest);
  await write(t, 'variables.json', variables);
  const { status, output, recap } = await converge(t, '--tags', 'release', '--check', '--diff');
  t.is(status, 0);
  t.regex(output, /^skipped +\d+ ms {2}release: Verify the release's/);
  t.regex(output, /\nchanged +\d+ ms {2}release: Point to the current release\n {4}\S+ -> \S+\n {4}\S+ -> \/\S+\n/);
  t.is(recap, undefined);
});

/** What keeps a run from beginning, and what is said of it. */
async function refused(t: ExecutionContext<{ folder: string }>, message: string, ...more: string[]) {
  const { status, output, recap } = await converge(t, ...more);
  t.is(status, 1);
  const task = 'Read the release, the variables and the tags';
  t.true(
    output.startsWith(`failed       0 ms  bootstrap: ${task}\n    ${message.replaceAll('\n', '\n    ')}\n`),
    output,
  );
  t.is(recap.tasks[0].output, message);
  t.is(recap.failed, 1);
}

test('the recap of a run is readable by root alone', async (t) => {
  await write(t, 'release.json', manifest);
  await write(t, 'variables.json', variables);
  await converge(t, '--tags', 'release');
  t.is((await stat(join(t.context.folder, 'recap.json'))).mode & 0o777, 0o600);
});

test('listing the tasks runs none', async (t) => {
  await write(t, 'release.json', manifest);
  await write(t, 'variables.json', variables);
  const { status, output, recap } = await converge(t, '--list-tasks', '--tags', 'release');
  t.is(status, 0);
  t.is(
    output,
    [
      "release: Verify the release's checksums  [release]",
      'release: Point to the current release  [release]',
      'handler: Restart the journal',
      'handler: Reload systemd',
      'handler: Restart the workers',
      'handler: Reload nginx',
    ].join('\n'),
  );
  t.is(recap, undefined);
});

test('variables that are wrong are named', async (t) => {
  await write(t, 'release.json', manifest);
  const path = await write(t, 'variables.json', { ...variables, fleet: {} });
  const place = 'fleet.name: expected a string, got nothing';
  await refused(t, `${path}: Invalid machine variables:\n  ${place}`);
});

test('a folder that is no release is named', async (t) => {
  const { folder } = t.context;
  const found = `expected the manifest of a release, found no file. Is ${folder} an unpacked release?`;
  await refused(t, `${folder}/release.json: ${found}`);
});

test('a manifest that is no JSON is named', async (t) => {
  const path = await write(t, 'release.json', '{');
  await refused(t, `${path}: expected JSON, Expected property name or '}' in JSON at position 1 (line 1 column 2)`);
});

test('paths of a manifest stay inside the release', async (t) => {
  await write(t, 'release.json', { ...manifest, files: { '/etc/passwd': 'a'.repeat(64) } });
  const { status, output } = await converge(t);
  t.is(status, 1);
  t.regex(output, /files\.\/etc\/passwd: expected a key that is a relative path, got "aaa/);
});

test('a tag that nobody has is named', async (t) => {
  await write(t, 'release.json', manifest);
  await write(t, 'variables.json', variables);
  await refused(t, '--tags: expected some of logs, preflight, proxy, release, service, got web.', '--tags', 'web');
});
