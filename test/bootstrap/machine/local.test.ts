import test from 'ava';
import { localMachine } from '../../../bootstrap/machine/local.ts';
import { succeed } from '../../../bootstrap/machine/machine.ts';

const machine = localMachine();

test('a command returns its status and its interleaved output', async (t) => {
  const { status, output } = await machine.run(['sh', '-c', 'echo out; echo error >&2; exit 3']);
  t.is(status, 3);
  t.deepEqual(output.split('\n').sort(), ['error', 'out']);
});

test('a command gets its input and its working directory', async (t) => {
  const { output } = await machine.run(['sh', '-c', 'cat; pwd'], { input: 'given\n', directory: '/usr' });
  t.is(output, 'given\n/usr');
});

test('a command without input reads the end of its input', async (t) => {
  t.deepEqual(await machine.run(['cat']), { status: 0, output: '' });
});

test('a command that does not exist has status 127, and its name in the output', async (t) => {
  const { status, output } = await machine.run(['no-such-command']);
  t.is(status, 127);
  t.regex(output, /no-such-command ENOENT/);
});

test('a command that exceeds its timeout is killed', async (t) => {
  const { status, output } = await machine.run(['sleep', '30'], { timeoutSeconds: 0.1 });
  t.is(status, 127);
  t.regex(output, /timed out after 100 milliseconds/);
});

test('the error of a command that must succeed holds its output', async (t) => {
  await t.throwsAsync(succeed(machine, ['sh', '-c', 'echo no space; exit 2']), {
    message: 'sh -c echo no space; exit 2: expected status 0, got 2\nno space',
  });
});
