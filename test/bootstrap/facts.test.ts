import test from 'ava';
import { gatherFacts } from '../../bootstrap/facts.ts';
import { facts, testMachine } from './machine.ts';

test('facts are gathered from the machine, and nothing is changed', async (t) => {
  const machine = await testMachine(t);
  t.deepEqual(await gatherFacts(machine), facts);
  t.deepEqual(machine.commands, ['uname -m']);
});

test('a machine without os-release has no distribution', async (t) => {
  const machine = await testMachine(t);
  await machine.files.remove('/etc/os-release');
  t.deepEqual(await gatherFacts(machine), { ...facts, distribution: '', distributionVersion: '' });
});
