import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadStage, parseSettings, SettingsError, stageNames } from '../../stages/load.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const shipped = resolve(import.meta.dirname, '../../stages');
const rehearsal = await readFile(join(shipped, 'rehearsal.yaml'), 'utf8');

async function folderOf(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

test('loads the shipped rehearsal', async (t) => {
  const settings = parseSettings(rehearsal, 'stages/rehearsal.yaml');
  t.deepEqual(await loadStage('rehearsal'), { name: 'rehearsal', settings });
  t.deepEqual([settings.cloud, settings.state], ['rehearsal', { backend: 'local' }]);
});

test('refuses production for its two blanks and nothing else', async (t) => {
  await t.throwsAsync(loadStage('production'), {
    instanceOf: SettingsError,
    message: [
      'stages/production.yaml:26: state.bucket: expected an S3 bucket\'s name, got ""',
      'stages/production.yaml:51: balancer.certificate.arn: expected an ACM certificate\'s ARN, got ""',
    ].join('\n'),
  });
});

test('a stage is a file whose name can be part of resource names', async (t) => {
  const files = ['b.yaml', 'a-1.yaml', 'Capital.yaml', 'under_score.yaml', '-a.yaml', 'a-.yaml', 'a.yml', '.yaml'];
  const folder = await folderOf(t, Object.fromEntries(files.map((file) => [file, ''])));
  t.deepEqual(await stageNames(folder), ['a-1', 'b']);
});

test('refuses an unknown stage with the known ones and how to add one', async (t) => {
  const folder = await folderOf(t, { 'a.yaml': '', 'b.yaml': '' });
  const remedy = 'To add a stage, copy stages/rehearsal.yaml to stages/<name>.yaml.';
  for (const name of ['c', '../a', 'a.yaml', 'A', '']) {
    await t.throwsAsync(loadStage(name, folder), {
      instanceOf: SettingsError,
      message: `STAGE=${name}: expected one of a, b. ${remedy}`,
    });
  }
});

test('a file that cannot be read keeps its error', async (t) => {
  const folder = await folderOf(t, {});
  await mkdir(join(folder, 'a.yaml'));
  await t.throwsAsync(loadStage('a', folder), { code: 'EISDIR' });
});

test("refuses a name that is too long for a load balancer's beside the stage's", async (t) => {
  const name = (length: number) => rehearsal.replace('name: intent-fleet', `name: ${'n'.repeat(length)}`);
  const stage = 's'.repeat(20);
  const folder = await folderOf(t, { [`${stage}.yaml`]: name(11), 'other.yaml': name(11) });
  t.is((await loadStage(stage, folder)).settings.name, 'n'.repeat(11));
  await writeFile(join(folder, `${stage}.yaml`), name(12));
  await t.throwsAsync(loadStage(stage, folder), {
    instanceOf: SettingsError,
    message: `stages/${stage}.yaml: name: expected at most 11 characters beside this stage's name, got 'nnnnnnnnnnnn'`,
  });
});

test('each wrong setting is named with its line, or that of the section that lacks it, and what was meant', (t) => {
  const yaml = rehearsal
    .replace('requestsPerSecond: 100', 'requestPerSecond: 100')
    .replace(/^ {4}min: 2$/m, '    min: two')
    .replace('schedules: []', 'schedules:\n    - {name: evening}\n    - {name: x, corn: "0 20 * * *", min: 1}')
    .replace(/^network:\n(?:[ #].*\n)*/m, '')
    .concat('quux: 1\n');
  const lineOf = (text: string) => yaml.split('\n').findIndex((line) => line.includes(text)) + 1;
  const { message = '' } = t.throws(() => parseSettings(yaml, 's.yaml'), { instanceOf: SettingsError }) ?? {};
  const cron = 'expected a string, got nothing';
  t.deepEqual(
    message.split('\n').toSorted(),
    [
      `s.yaml: network: expected a mapping, got nothing`,
      `s.yaml:${lineOf('- {name: evening}')}: fleet.schedules.0.cron: ${cron}`,
      `s.yaml:${lineOf('corn:')}: fleet.schedules.1.corn: unknown key; did you mean cron?`,
      `s.yaml:${lineOf('corn:')}: fleet.schedules.1.cron: ${cron}`,
      `s.yaml:${lineOf('min: two')}: fleet.size.min: expected a number, got "two"`,
      `s.yaml:${lineOf('quux')}: quux: unknown key`,
      `s.yaml:${lineOf('requestPerSecond') - 2}: proxy.rateLimit.requestsPerSecond: expected a number, got nothing`,
      `s.yaml:${lineOf('requestPerSecond')}: proxy.rateLimit.requestPerSecond: unknown key; did you mean requestsPerSecond?`,
    ].toSorted(),
  );
});

const notMapping = '(top level): expected a mapping, got';

const broken: Record<string, [yaml: string, start: string]> = {
  'a tab for an indentation': ['a:\n\tb: 1', 'expected YAML, got: Tabs are not allowed as indentation at line 2'],
  'a key twice': ['a: 1\na: 2', 'expected YAML, got: Map keys must be unique at line 2'],
  'an unclosed quote': ["a: 'b", "expected YAML, got: Missing closing 'quote at line 1"],
  'two documents': ['a: 1\n---\nb: 1\n', 'expected YAML, got: Source contains multiple documents'],
  'an undefined alias': ['a: *b', 'expected YAML, got: Unresolved alias (the anchor must be set before the alias): b'],
  'nothing in it': ['', `${notMapping} null`],
  'a comment alone': ['# nothing but a comment', `${notMapping} null`],
  'a list at the top level': ['- cloud', `${notMapping} ["cloud"]`],
  'a text at the top level': ['rehearsal', `${notMapping} "rehearsal"`],
};

for (const [title, [yaml, start]] of Object.entries(broken)) {
  test(`refuses YAML with ${title}, with the place`, (t) => {
    const message = (text: string) => text.startsWith(`s.yaml: ${start}`);
    t.throws(() => parseSettings(yaml, 's.yaml'), { instanceOf: SettingsError, message });
  });
}
