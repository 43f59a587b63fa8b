import { existsSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { bootstrapFailure } from '../../bootstrap/runner/console.ts';
import { shorten } from '../../common/shorten.ts';
import { bundle } from '../../releases/bundle.ts';
import { checkoutSources } from '../../releases/sources.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { logVariables } from './log-variables.ts';

// One module, as in a release: it starts in a third of the time.
const main = join(tmpdir(), `bootstrap-${process.pid}.mjs`);

// Its path is another one in each run, so that Node's cache of compiled modules would only grow.
const env = { NODE_DISABLE_COMPILE_CACHE: '1' };

test.before(async () => writeFile(main, await bundle(checkoutSources.bootstrap, checkoutSources.root)));
test.after.always(() => rm(main, { force: true }));

const start = { runtime: 'bin/node', options: [], program: 'app/service.mjs', environment: {} };
const manifest = {
  format: 7,
  machines: 'service',
  node: '24.0.0',
  model: 'm',
  start,
  shipper: start,
  keys: start,
  feedback: start,
  shadowFetch: start,
  shadow: start,
  examples: [],
  files: { 'bin/node': 'a'.repeat(64) },
};
const variables = { network: { cidr: '10.20.0.0/16' }, fleet: { name: 'intent-fleet' }, logs: logVariables };

interface Given {
  /** Contents of release.json and variables.json; undefined writes no file. */
  release?: unknown;
  variables?: unknown;
}

/** Runs `converge` on a release folder. */
async function converge(t: ExecutionContext, parameters: string[], given: Given = {}) {
  const folder = await temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  for (const [name, value] of Object.entries({ release: manifest, variables, ...given })) {
    if (value === undefined) continue;
    await writeFile(at(`${name}.json`), typeof value === 'string' ? value : JSON.stringify(value));
  }
  await writeFile(at('console'), 'debian login: ');
  const results = ['--recap', at('recap.json'), '--console', at('console')];
  const files = ['--release', folder, '--variables', at('variables.json'), ...results];
  const inFolder = parameters.map((parameter) => parameter.replaceAll('FOLDER', folder));
  const options = { all: true, reject: false, cwd: folder, env } as const;
  const { exitCode, all } = await execa(process.execPath, [main, 'converge', ...files, ...inFolder], options);
  const recap = await readFile(at('recap.json'), 'utf8').then(JSON.parse, () => undefined);
  const [before, console = ''] = (await readFile(at('console'), 'utf8')).split('debian login: ');
  t.is(before, '');
  return { folder, status: exitCode, output: all, recap, console };
}

test('a run that fails ends with status 1, in the log and in the recap, which root alone can read', async (t) => {
  const { folder, status, output, recap } = await converge(t, ['--tags', 'release']);
  t.is(status, 1);
  t.regex(output, /^failed +\d+ ms {2}release: Verify the release's checksums\n/);
  t.regex(output, /\n {4}bin\/node: FAILED open or read\n/);
  t.regex(output, /\nrecap: ok=0 changed=0 skipped=0 failed=1 in \d+\.\d s$/);
  t.is(recap.failed, 1);
  t.regex(recap.tasks[0].output, /bin\/node: FAILED open or read/);
  t.is((await stat(join(folder, 'recap.json'))).mode & 0o777, 0o600);
});

test('the failed task and its output are on the console, behind what others have written', async (t) => {
  const { console } = await converge(t, ['--tags', 'release']);
  const lines = console.split('\n');
  t.deepEqual(lines.slice(0, 2), [
    "intent-fleet: bootstrap failed: release: Verify the release's checksums",
    'intent-fleet: | sha256sum --check --strict --quiet -: expected status 0, got 1',
  ]);
  t.true(lines.includes('intent-fleet: | bin/node: FAILED open or read'));
  t.regex(lines.at(-2) ?? '', /^intent-fleet: recap: ok=0 changed=0 skipped=0 failed=1 in \d+\.\d s$/);
});

test('a machine without a console has the same recap and status, and the log says it', async (t) => {
  const { folder, status, output, recap } = await converge(t, ['--tags', 'release', '--console', 'FOLDER/none']);
  t.deepEqual([status, recap.failed, existsSync(join(folder, 'none'))], [1, 1, false]);
  t.true(
    output.endsWith(
      `\nThe result was not written to the console: dd: failed to open '${folder}/none': No such file or directory`,
    ),
    output,
  );
});

test('check mode changes nothing and writes neither recap nor console', async (t) => {
  const { status, output, recap, console } = await converge(t, [
    '--tags',
    'release',
    '--check',
    '--diff',
    '--release',
    '.',
  ]);
  t.is(status, 0);
  t.regex(output, /^skipped +\d+ ms {2}release: Verify the release's/);
  t.regex(output, /\nchanged +\d+ ms {2}release: Point to the current release\n {4}\S+ -> \S+\n {4}\S+ -> \/\S+\n/);
  t.is(recap, undefined);
  t.is(console, '');
});

test('listing the tasks runs none', async (t) => {
  const { status, output, recap, console } = await converge(t, ['--list-tasks', '--tags', 'release']);
  t.is(status, 0);
  t.deepEqual(output.split('\n'), [
    "release: Verify the release's checksums  [release]",
    'release: Make the state directory  [release]',
    'release: Make the directory of verified releases  [release]',
    'release: Refuse traffic until this release is verified  [release]',
    'release: Point to the current release  [release]',
    ...[
      ...['Restart the journal', 'Reload systemd', 'Restart the log shipper', 'Restart the key reader'],
      ...['Restart the feedback store', 'Restart the shadow fetcher', 'Restart the shadow', 'Restart the workers'],
      ...['Restart the node exporter', 'Restart the nginx exporter', 'Reload nginx'],
    ].map((name) => `handler: ${name}`),
  ]);
  t.is(recap, undefined);
  t.is(console, '');
});

const tags = 'exporters, logs, preflight, proxy, release, service, shipper, verify';
const invalidKey = { ...manifest, files: { '/etc/passwd': 'a' } };
const badJson = "expected JSON, Expected property name or '}' in JSON at position 1 (line 1 column 2)";

/** Runs that fail before their first task: what is given, and the message. */
const refused: [name: string, given: Given, message: string, ...parameters: string[]][] = [
  [
    'invalid variables',
    { variables: { ...variables, fleet: {} } },
    'FOLDER/variables.json: Invalid machine variables:\n  fleet.name: expected a string, got nothing',
  ],
  [
    'a folder without a release',
    { release: undefined },
    'FOLDER/release.json: expected the manifest of a release, found no file. Is FOLDER an unpacked release?',
  ],
  ['a manifest that is no JSON', { release: '{' }, `FOLDER/release.json: ${badJson}`],
  [
    'a path that leaves the release',
    { release: invalidKey },
    'FOLDER/release.json: not a release\'s manifest:\n  files./etc/passwd: expected a key that is a relative path without .., got "a"',
  ],
  [
    'a release of another version',
    { release: { ...manifest, format: 2 } },
    "FOLDER/release.json: not a release's manifest:\n  format: expected format 7; another version of the bootstrap made this release: run the one inside the release, got 2",
  ],
  [
    'a program that leaves the release',
    { release: { ...manifest, start: { ...start, program: 'app/../../service.mjs' } } },
    'FOLDER/release.json: not a release\'s manifest:\n  start.program: expected a relative path without .., got "app/../../service.mjs"',
  ],
  [
    'an example without an intent',
    { release: { ...manifest, examples: [{ text: 'hello' }] } },
    "FOLDER/release.json: not a release's manifest:\n  examples.0.intent: expected a string, got nothing",
  ],
  ['a directory as variables', {}, 'FOLDER: EISDIR: illegal operation on a directory, read', '--variables', 'FOLDER'],
  ['an unknown tag', {}, `--tags: expected some of ${tags}, got web.`, '--tags', 'web'],
];

for (const [name, given, message, ...parameters] of refused) {
  test(`${name}: the run fails before its first task, also in the recap and on the console`, async (t) => {
    const { folder, status, output, recap, console } = await converge(t, parameters, given);
    const expected = message.replaceAll('FOLDER', folder);
    t.is(status, 1);
    t.is(recap.tasks[0].output, expected);
    t.is(recap.failed, 1);
    const lines = `    ${expected.replaceAll('\n', '\n    ')}\n`;
    t.true(output.startsWith(`failed       0 ms  bootstrap: Prepare the run\n${lines}`), output);
    const shown = expected.split('\n').map((line) => shorten(line, 200));
    t.is(bootstrapFailure(console), ['the bootstrap failed at "bootstrap: Prepare the run"', ...shown].join('\n'));
  });
}
