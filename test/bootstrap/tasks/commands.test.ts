import { existsSync } from 'node:fs';
import test from 'ava';
import { command } from '../../../bootstrap/tasks/command.ts';
import { packages } from '../../../bootstrap/tasks/package.ts';
import { reloadedUnits, restartedUnits, surplusUnits, unit } from '../../../bootstrap/tasks/unit.ts';
import { user } from '../../../bootstrap/tasks/user.ts';
import { wait } from '../../../bootstrap/tasks/wait.ts';
import { facts, testMachine } from '../machine.ts';

const failed = { status: 1, output: '' };

test('a command runs with its input unless its condition succeeds', async (t) => {
  const machine = await testMachine(t);
  const task = command({ name: 'Do', argv: ['do', 'it'], unless: ['is', 'done'], input: 'x', directory: '/srv' });
  t.is(await machine.apply(task), undefined);
  machine.answers.set('is done', failed);
  t.is(await machine.apply(task), 'run: do it');
  t.deepEqual(machine.commands, ['is done', 'is done', 'do it']);
  t.deepEqual(machine.options.at(-1), { input: 'x', directory: '/srv' });
});

test('the error of a failed command holds its status and output', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('do it', { status: 3, output: 'no such thing\n' });
  await t.throwsAsync(machine.apply(command({ name: 'Do', argv: ['do', 'it'] })), {
    message: 'do it: expected status 0, got 3\nno such thing',
  });
});

test('an existing user is left alone; a missing one is added without home, shell or password', async (t) => {
  const machine = await testMachine(t);
  t.is(await machine.apply(user({ name: 'Add', user: 'root' })), undefined);
  t.is(await machine.apply(user({ name: 'Add', user: 'service' })), 'user: none -> service');
  t.deepEqual(machine.commands, [
    'useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin service',
  ]);
});

const install =
  'apt-get --quiet -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 --yes --no-install-recommends ' +
  '-o DPkg::Options::=--force-confold install';
const update = 'apt-get --quiet -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 update';

test('only missing packages are installed, and they start no service', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('dpkg-query', { status: 1, output: 'curl installed\nnginx-light not-installed\n' });
  const policyExists: boolean[] = [];
  const { run } = machine;
  machine.run = (argv, options) => {
    policyExists.push(existsSync(machine.at('/usr/sbin/policy-rc.d')));
    return run(argv, options);
  };
  const task = packages({ name: 'Install', packages: ['curl', 'nginx-light'] });
  t.is(await machine.apply(task), 'package: none -> nginx-light');
  t.deepEqual(machine.commands.slice(1), [`${install} nginx-light`]);
  t.deepEqual(policyExists, [false, true]);
  t.false(existsSync(machine.at('/usr/sbin/policy-rc.d')));
});

test('installed packages need no change', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('dpkg-query', { status: 0, output: 'curl installed\n' });
  t.is(await machine.apply(packages({ name: 'Install', packages: ['curl'] })), undefined);
});

test('package lists are fetched when the installation fails, and the error is that of the second attempt', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('dpkg-query', failed);
  machine.answers.set(install, { status: 100, output: 'E: Unable to locate package nginx-light' });
  await t.throwsAsync(machine.apply(packages({ name: 'Install', packages: ['nginx-light'] })), {
    message: /got 100\nE: Unable to locate package nginx-light$/,
  });
  t.deepEqual(machine.commands.slice(1), [`${install} nginx-light`, update, `${install} nginx-light`]);
  t.false(existsSync(machine.at('/usr/sbin/policy-rc.d')));
});

test('only units that are not enabled or not active are started, together', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('systemctl is-enabled --quiet a', failed);
  machine.answers.set('systemctl is-active --quiet c', failed);
  const task = unit({ name: 'Start', units: ['a', 'b', 'c'] });
  t.is(await machine.apply(task), 'run: systemctl enable --now a c');
  t.is(machine.commands.at(-1), 'systemctl enable --now a c');
  machine.answers.clear();
  t.is(await machine.apply(task), undefined);
});

test('a unit that does not start shows its journal', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('systemctl is-active', failed);
  machine.answers.set('systemctl enable', { status: 1, output: 'Job failed.' });
  machine.answers.set('journalctl', { status: 0, output: 'Error: no model' });
  await t.throwsAsync(machine.apply(unit({ name: 'Start', units: ['a'] })), {
    message: 'systemctl enable --now a: expected status 0, got 1\nJob failed.\nError: no model',
  });
  t.is(machine.commands.at(-1), 'journalctl --no-pager --lines 30 --output short --unit a');
});

test('active units are restarted one after another', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('systemctl is-active --quiet b', failed);
  const diff = await machine.apply(restartedUnits({ name: 'Restart', units: ['a', 'b', 'c'] }));
  t.is(diff, 'run: systemctl restart a\nrun: systemctl restart c');
  t.deepEqual(machine.commands.slice(-2), ['systemctl restart a', 'systemctl restart c']);
});

test('no unit is reloaded when none is active', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('systemctl is-active', failed);
  t.is(await machine.apply(reloadedUnits({ name: 'Reload', units: ['a'] })), undefined);
});

test('surplus units are stopped', async (t) => {
  const machine = await testMachine(t);
  const lines = 'w@1.service loaded active running One\nw@2.service loaded failed failed Two\n';
  machine.answers.set('systemctl list-units', { status: 0, output: lines });
  const keeping = (...keep: string[]) => surplusUnits({ name: 'Stop', pattern: 'w@*', keep });
  await machine.apply(keeping('w@1.service'));
  t.is(machine.commands.at(-1), 'systemctl disable --now w@2.service');
  t.is(await machine.apply(keeping('w@1.service', 'w@2.service')), undefined);
});

test('a wait ends when its command succeeds', async (t) => {
  const machine = await testMachine(t);
  const { run } = machine;
  let attempts = 0;
  machine.run = async (argv, options) => {
    await run(argv, options);
    return ++attempts < 3 ? failed : { status: 0, output: '' };
  };
  const change = await wait({ name: 'Wait', until: ['ask'], seconds: 30, every: 1 }).plan(machine, facts);
  t.true(change?.observes);
  await change?.apply();
  t.deepEqual(machine.commands, ['ask', 'ask', 'ask']);
});

test('a wait that times out shows the last output and the explanation', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('ask', { status: 22, output: 'error: 503' });
  machine.answers.set('why', { status: 0, output: 'no worker' });
  await t.throwsAsync(machine.apply(wait({ name: 'Wait', until: ['ask'], seconds: 0, explain: ['why'] })), {
    message: 'ask: expected status 0 within 0 s, got 22\nerror: 503\nno worker',
  });
});
