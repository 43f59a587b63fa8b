import test from 'ava';
import { surplusFiles } from '../../../bootstrap/tasks/surplus-files.ts';
import { type TestMachine, testMachine } from '../machine.ts';

const folder = '/var/lib/markers';
const task = surplusFiles({ name: 'Remove', folder, keep: ['b'] });

async function exists({ files }: TestMachine, name: string): Promise<boolean> {
  return (await files.read(`${folder}/${name}`)) !== undefined;
}

test('the files of a folder are removed except those to keep', async (t) => {
  const machine = await testMachine(t);
  for (const name of ['a', 'b', 'c']) await machine.files.write(`${folder}/${name}`, '', 0o644);
  machine.answers.set('find', { status: 0, output: 'c\nb\na' });
  t.is(await machine.apply(task), '/var/lib/markers/c -> none\n/var/lib/markers/a -> none');
  t.deepEqual(machine.commands, ['find /var/lib/markers -maxdepth 1 -type f -printf %f\\n']);
  t.deepEqual(
    [await exists(machine, 'a'), await exists(machine, 'b'), await exists(machine, 'c')],
    [false, true, false],
  );
});

test('no other file, or no folder, is no change', async (t) => {
  const machine = await testMachine(t);
  t.is(await machine.apply(task), undefined);
  t.deepEqual(machine.commands, []);
  await machine.files.write(`${folder}/b`, '', 0o644);
  machine.answers.set('find', { status: 0, output: 'b' });
  t.is(await machine.apply(task), undefined);
  machine.answers.set('find', { status: 0, output: '' });
  t.is(await machine.apply(task), undefined);
});

test('a folder that cannot be listed is an error', async (t) => {
  const machine = await testMachine(t);
  await machine.files.makeDirectory(folder);
  machine.answers.set('find', { status: 1, output: 'find: Permission denied' });
  await t.throwsAsync(machine.apply(task), { message: /expected status 0, got 1\nfind: Permission denied$/ });
});
