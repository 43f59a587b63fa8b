import test from 'ava';
import { localMachine } from '../../../bootstrap/machine/local.ts';
import { succeed } from '../../../bootstrap/machine/machine.ts';

const machine = localMachine();

test('a command hands back its status and all that it said', async (t) => {
  const { status, output } = await machine.run(['sh', '-c', 'echo out; echo error >&2; exit 3']);
  t.is(status, 3);
  t.deepEqual(output.split('\n').sort(), ['error', 'out']);
});

test('a command reads its input and runs where it is told to', async (t) => {
  const { output } = await machine.run(['sh', '-c', 'cat; pwd'], { input: 'given\n', directory: '/usr' });
  t.is(output, 'given\n/usr');
});

test('without input there is none to wait for', async (t) => {
  t.deepEqual(await machine.run(['cat']), { status: 0, output: '' });
});

test('a command that does not exist is told by name', async (t) => {
  const { status, output } = await machine.run(['no-such-command']);
  t.is(status, 127);
  t.regex(output, /no-such-command ENOENT/);
});

test('a command that takes too long is ended', async (t) => {
  const { status, output } = await machine.run(['sleep', '30'], { timeoutSeconds: 0.1 });
  t.is(status, 127);
  t.regex(output, /timed out after 100 milliseconds/);
});

test('the error of a command that must succeed shows what it said', async (t) => {
  await t.throwsAsync(succeed(machine, ['sh', '-c', 'echo no space; exit 2']), {
    message: 'sh -c echo no space; exit 2: expected status 0, got 2\nno space',
  });
});
