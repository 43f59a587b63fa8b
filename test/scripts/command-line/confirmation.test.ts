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

/** The output after `input` is typed, on a terminal that `script` makes or without one. */
async function outputFor(input: string, environment: Record<string, string>, terminal: boolean): Promise<string> {
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

const needsTerminal = /UserError: A terminal is needed to ask for confirmation\. AUTO=1 goes on without asking\./;
const unchanged = /UserError: Nothing was changed\./;

const cases: [name: string, parameters: Parameters<typeof outputFor>, output: RegExp][] = [
  ['AUTO=1 does not ask', ['', { AUTO: '1' }, false], /^goes on$/],
  ['without a terminal the command fails', ['yes\n', {}, false], needsTerminal],
  ['another value of AUTO asks', ['yes\n', { AUTO: 'yes' }, false], needsTerminal],
  ['the answer goes on', ['yes\n', {}, true], /Apply to production\? Type yes to go on: [\s\S]*goes on/],
  ['another answer changes nothing', ['y\n', {}, true], unchanged],
  ['no answer changes nothing', ['\n', {}, true], unchanged],
  ['Ctrl-D changes nothing', ['\x04', {}, true], unchanged],
];

for (const [name, parameters, output] of cases) {
  test(name, async (t) => {
    t.regex(await outputFor(...parameters), output);
  });
}
