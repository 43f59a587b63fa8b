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

test('a machine without cloud-init has no instance id, nor one with an id that nginx would interpret', async (t) => {
  const machine = await testMachine(t);
  const path = '/var/lib/cloud/data/instance-id';
  await machine.files.write(path, 'i-1; return 500\n', 0o644);
  t.deepEqual(await gatherFacts(machine), { ...facts, instanceId: '' });
  await machine.files.remove(path);
  t.deepEqual(await gatherFacts(machine), { ...facts, instanceId: '' });
});
