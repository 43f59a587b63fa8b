import { chmod, symlink as link, mkdir, readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import test from 'ava';
import { directory } from '../../../bootstrap/tasks/directory.ts';
import { file } from '../../../bootstrap/tasks/file.ts';
import { symlink } from '../../../bootstrap/tasks/symlink.ts';
import { template } from '../../../bootstrap/tasks/template.ts';
import { facts, testMachine } from '../machine.ts';

const modeOf = async (path: string) => (await stat(path)).mode & 0o7777;

test('a directory is made once', async (t) => {
  const machine = await testMachine(t);
  const task = directory({ name: 'Make it', path: '/srv/a/b', mode: 0o750 });
  t.is(await machine.apply(task), '/srv/a/b\nowner: none -> root\ngroup: none -> root\nmode: none -> 0750');
  t.is(await modeOf(machine.at('/srv/a/b')), 0o750);
  t.is(await machine.apply(task), undefined);
});

test('the mode of a directory is corrected', async (t) => {
  const machine = await testMachine(t);
  await mkdir(machine.at('/srv'));
  await chmod(machine.at('/srv'), 0o777);
  t.is(await machine.apply(directory({ name: 'Make it', path: '/srv', mode: 0o755 })), '/srv\nmode: 0777 -> 0755');
  t.is(await modeOf(machine.at('/srv')), 0o755);
});

test('an unknown owner is an error', async (t) => {
  const machine = await testMachine(t);
  const task = directory({ name: 'Make it', path: '/srv', owner: 'nobody-here', mode: 0o755 });
  await t.throwsAsync(machine.apply(task), {
    message: '/etc/passwd: expected an entry for nobody-here, found none.',
  });
});

test('a file is written once, with its mode', async (t) => {
  const machine = await testMachine(t);
  const task = file({ name: 'Write it', path: '/etc/a/b.conf', content: 'one\n', mode: 0o640 });
  await machine.apply(task);
  t.is(await readFile(machine.at('/etc/a/b.conf'), 'utf8'), 'one\n');
  t.is(await modeOf(machine.at('/etc/a/b.conf')), 0o640);
  t.deepEqual(await readdir(machine.at('/etc/a')), ['b.conf']);
  t.is(await machine.apply(task), undefined);
});

test('a file that differs shows its difference', async (t) => {
  const machine = await testMachine(t);
  await writeFile(machine.at('/etc/b.conf'), 'one\ntwo\n', { mode: 0o644 });
  t.is(
    await machine.apply(file({ name: 'Write it', path: '/etc/b.conf', content: 'one\n2\n', mode: 0o644 })),
    [
      'Index: /etc/b.conf',
      '===================================================================',
      '--- /etc/b.conf\tbefore',
      '+++ /etc/b.conf\tafter',
      '@@ -1,2 +1,2 @@',
      ' one',
      '-two',
      '+2',
    ].join('\n'),
  );
});

test('of a file without content only the mode is managed', async (t) => {
  const machine = await testMachine(t);
  await writeFile(machine.at('/etc/key'), 'secret', { mode: 0o644 });
  const task = file({ name: 'Keep it', path: '/etc/key', mode: 0o400 });
  await machine.apply(task);
  t.is(await modeOf(machine.at('/etc/key')), 0o400);
  t.is(await machine.apply(task), undefined);
});

const validated = { name: 'Write it', path: '/etc/b@.conf', content: 'new\n', mode: 0o644 };
const validate = (candidate: string) => ['validator', candidate];

test('a candidate with its file name is validated before it replaces the file', async (t) => {
  const machine = await testMachine(t);
  await machine.apply(file({ ...validated, validate }));
  t.regex(machine.commands.join(), /^validator \/etc\/\.candidate-\w+\/b@\.conf$/);
  t.is(await readFile(machine.at('/etc/b@.conf'), 'utf8'), 'new\n');
});

test('a candidate that the validator refuses is removed and does not replace the file', async (t) => {
  const machine = await testMachine(t);
  await writeFile(machine.at('/etc/b@.conf'), 'old\n');
  machine.answers.set('validator', { status: 1, output: 'line 1: new is not allowed' });
  await t.throwsAsync(machine.apply(file({ ...validated, validate })), {
    message: /^validator \S+: expected status 0, got 1\nline 1: new is not allowed$/,
  });
  t.is(await readFile(machine.at('/etc/b@.conf'), 'utf8'), 'old\n');
  t.deepEqual((await readdir(machine.at('/etc'))).sort(), ['b@.conf', 'group', 'os-release', 'passwd']);
});

test('a template fails as its own task when a variable is missing', async (t) => {
  const machine = await testMachine(t);
  const settings = { name: 'Write it', path: '/etc/logrotate', template: 'logrotate.njk', mode: 0o644 };
  const good = template({ ...settings, variables: { paths: { logs: '/logs' } } });
  await machine.apply(good);
  t.regex(await readFile(machine.at('/etc/logrotate'), 'utf8'), /^\/logs\/\*\.log \{\n/);
  t.is(good.kind, 'template');
  await t.throwsAsync(template({ ...settings, variables: { paths: {} } }).plan(machine, facts), {
    message: /logrotate\.njk.*\n.*null or undefined/,
  });
});

test('a link moves from one target to the next', async (t) => {
  const machine = await testMachine(t);
  await mkdir(machine.at('/opt'));
  await link('/old', machine.at('/opt/current'));
  const task = symlink({ name: 'Point', path: '/opt/current', target: '/new' });
  t.is(await machine.apply(task), '/opt/current -> /old\n/opt/current -> /new');
  t.is(await readlink(machine.at('/opt/current')), '/new');
  t.deepEqual(await readdir(machine.at('/opt')), ['current']);
  t.is(await machine.apply(task), undefined);
});

test('a link that an interrupted run left is replaced', async (t) => {
  const machine = await testMachine(t);
  await mkdir(machine.at('/opt'));
  await link('/half', machine.at('/opt/current.next'));
  await machine.apply(symlink({ name: 'Point', path: '/opt/current', target: '/new' }));
  t.is(await readlink(machine.at('/opt/current')), '/new');
});
