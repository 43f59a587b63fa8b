import test from 'ava';
import { verify } from '../../../bootstrap/tasks/verify.ts';
import { facts, testMachine } from '../machine.ts';

const marker = '/var/lib/marker';

test('a verification runs on the machine, counts as an observation and sets no marker', async (t) => {
  const machine = await testMachine(t);
  const task = verify({ name: 'Verify', marker, verification: async ({ run }) => void (await run(['ask'])) });
  const change = await task.plan(machine, facts);
  t.true(change?.observes);
  t.deepEqual(machine.commands, []);
  t.is(await change?.apply(), undefined);
  t.deepEqual(machine.commands, ['ask']);
  t.is(await machine.files.read(marker), undefined);
});

test('once the marker exists, nothing is verified', async (t) => {
  const machine = await testMachine(t);
  await machine.files.write(marker, '', 0o644);
  t.is(await verify({ name: 'Verify', marker, verification: async () => t.fail() }).plan(machine, facts), undefined);
});

test('a verification that fails fails the task', async (t) => {
  const machine = await testMachine(t);
  const verification = () => Promise.reject(new Error('expected praise, got complaint'));
  await t.throwsAsync(machine.apply(verify({ name: 'Verify', marker, verification })), {
    message: 'expected praise, got complaint',
  });
});
