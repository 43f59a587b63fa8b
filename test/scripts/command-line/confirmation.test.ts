import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';

const file = join(import.meta.dirname, '../../../scripts/command-line/confirmation.ts');
const program = `
  import { confirm } from ${JSON.stringify(file)};
  await confirm('Apply to production?', 'yes').then(
    () => console.log('goes on'),
    (error) => console.log(error.name + ': ' + error.message),
  );
`;

/** What is said with `input` typed; on a terminal that `script` makes, or without one. */
async function asked(input: string, environment: Record<string, string>, terminal: boolean): Promise<string> {
  const command = [process.execPath, '--input-type=module', '--eval', program];
  const quoted = command.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
  const [name, parameters] = terminal
    ? ['script', ['--quiet', '--return', '--command', quoted, '/dev/null']]
    : [process.execPath, command.slice(1)];
  const { stdout } = await execa(String(name), parameters as string[], {
    input,
    reject: false,
    timeout: 10_000,
    env: { AUTO: '', ...environment },
  });
  return stdout;
}

test('AUTO=1 has answered already', async (t) => {
  t.is(await asked('', { AUTO: '1' }, false), 'goes on');
});

test('without a terminal the command fails', async (t) => {
  const refusal = 'UserError: A terminal is needed to ask for confirmation. AUTO=1 goes on without asking.';
  t.is(await asked('yes\n', {}, false), refusal);
  t.is(await asked('yes\n', { AUTO: 'yes' }, false), refusal);
});

test('the answer goes on', async (t) => {
  t.regex(await asked('yes\n', {}, true), /Apply to production\? Type yes to go on: [\s\S]*goes on/);
});

for (const [what, input] of Object.entries({ another: 'y\n', none: '\n', 'Ctrl-D': '\x04' })) {
  test(`${what} as the answer changes nothing`, async (t) => {
    t.regex(await asked(input, {}, true), /UserError: Nothing was changed\./);
  });
}
