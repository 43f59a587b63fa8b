import test from 'ava';
import { Command } from 'commander';
import { VariablesError } from '../../../bootstrap/errors.ts';
import { UserError } from '../../../common/errors.ts';
import { ArtifactError } from '../../../model/artifact/error.ts';
import { DataError } from '../../../model/datasets/example.ts';
import { PreconditionError } from '../../../rehearsal/preconditions.ts';
import { createCommand, run, stageName, untilInterrupted, withStage } from '../../../scripts/command-line/command.ts';
import { RuleError } from '../../../stacks/rules/guards.ts';
import { SettingsError } from '../../../stages/load.ts';

/** Runs a command that does `action`; what it wrote to the error output, and its exit code. */
async function outcome(
  action: () => void | Promise<void>,
): Promise<[lines: string[], exitCode: typeof process.exitCode]> {
  const { error } = console;
  const { argv, exitCode, stdout, stderr } = process;
  const listening = [stdout, stderr].map((stream) => stream.listenerCount('error'));
  const lines: string[] = [];
  console.error = (text: string) => lines.push(...text.split('\n'));
  process.argv = ['node', 'verb'];
  try {
    await run(createCommand('verb', 'Does it.').action(action));
    return [lines, process.exitCode];
  } finally {
    console.error = error;
    process.argv = argv;
    process.exitCode = exitCode;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
    for (const [index, stream] of [stdout, stderr].entries())
      for (const listener of stream.rawListeners('error').slice(listening[index]))
        stream.off('error', listener as () => void);
  }
}

const failing = (error: unknown) => () => {
  throw error;
};

test.serial('a successful command prints nothing by itself', async (t) => {
  t.deepEqual(await outcome(() => undefined), [[], undefined]);
});

test.serial('a user error is printed without a stack, each line after the name of the command', async (t) => {
  t.deepEqual(await outcome(failing(new UserError('No machines.\nSee: make status'))), [
    ['verb: No machines.', 'verb: See: make status'],
    1,
  ]);
  for (const ErrorClass of [SettingsError, DataError, ArtifactError, PreconditionError, RuleError, VariablesError]) {
    t.deepEqual(await outcome(failing(new ErrorClass('wrong'))), [['verb: wrong'], 1], ErrorClass.name);
  }
});

test.serial('what the system refuses is printed without a stack', async (t) => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write '/build/release'"), { code: 'ENOSPC' });
  t.deepEqual(await outcome(failing(full)), [["verb: ENOSPC: no space left on device, write '/build/release'"], 1]);
});

test.serial('what AWS refuses is printed without a stack', async (t) => {
  const refusal = Object.assign(new Error('You are not authorized to perform this operation'), { $fault: 'client' });
  t.deepEqual(await outcome(failing(refusal)), [['verb: You are not authorized to perform this operation'], 1]);
  const missing = Object.assign(new Error('Could not load credentials from any providers'), {
    name: 'CredentialsProviderError',
  });
  t.deepEqual(await outcome(failing(missing)), [['verb: Could not load credentials from any providers'], 1]);
});

test.serial('what follows an empty line of a user error is printed as it is, to be copied', async (t) => {
  t.deepEqual(await outcome(failing(new UserError('Add:\nthis\n\nmodel:\n  seed: 2\n\nend'))), [
    ['verb: Add:', 'verb: this', '', 'model:', '  seed: 2', '', 'end'],
    1,
  ]);
});

test.serial('other errors are defects and keep their stack', async (t) => {
  const [lines, code] = await outcome(failing(new TypeError('not a function')));
  t.is(lines[0], 'verb: TypeError: not a function');
  t.regex(lines[1] ?? '', /^verb: {5}at .*command\.test\.ts/);
  t.is(code, 1);
});

test.serial('a thrown value that is no error is printed', async (t) => {
  t.deepEqual(await outcome(failing('nonsense')), [['verb: nonsense'], 1]);
});

test.serial('a rejected promise is an error, too', async (t) => {
  t.deepEqual(await outcome(() => Promise.reject(new UserError('later'))), [['verb: later'], 1]);
});

test.serial(
  'an interrupted command ends in good order, with the status of the signal; its listeners stay',
  async (t) => {
    let listening = 0;
    const interrupted = await outcome(() => {
      const signal = untilInterrupted('interrupted; nothing is left');
      t.false(signal.aborted);
      process.emit('SIGTERM', 'SIGTERM');
      listening = process.listenerCount('SIGTERM');
      throw signal.reason;
    });
    t.deepEqual(interrupted, [['verb: interrupted; nothing is left'], 143]);
    t.is(listening, 1);
  },
);

test('a command has a name, a sentence and help', (t) => {
  const verb = createCommand('verb', 'Does it.');
  t.true(verb instanceof Command);
  t.is(verb.helpInformation(), 'Usage: verb [options]\n\nDoes it.\n\nOptions:\n  -h, --help  show this help\n');
});

test('the stage is the rehearsal unless STAGE names another', (t) => {
  t.is(stageName({}), 'rehearsal');
  t.is(stageName({ STAGE: '' }), 'rehearsal');
  t.is(stageName({ STAGE: 'production' }), 'production');
});

test.serial('neither a closed pipe nor a closed terminal ends a command', async (t) => {
  const breaking = (code: string) => () => {
    process.stdout.emit('error', Object.assign(new Error(`write ${code}`), { code }));
  };
  for (const code of ['EPIPE', 'EIO']) t.deepEqual(await outcome(breaking(code)), [[], undefined]);
  const [lines, code] = await outcome(breaking('EIDRM'));
  t.is(lines[0], 'verb: Error: write EIDRM');
  t.is(code, 1);
});

test('what a person is told to type names the stage, whole commands alone', (t) => {
  const texts = {
    'make apply, or make promote-model VERSION=3 TO=staging':
      'make apply STAGE=eu, or make promote-model STAGE=eu VERSION=3 TO=staging',
    'make models or make model': 'make models STAGE=eu or make model STAGE=eu',
    'make promote goes on; make register; make retrain':
      'make promote STAGE=eu goes on; make register STAGE=eu; make retrain STAGE=eu',
    'make train SETTINGS=best.yaml, or make experiment':
      'make train STAGE=eu SETTINGS=best.yaml, or make experiment STAGE=eu',
    'make apply STAGE=eu, make evaluate, make model-x': 'make apply STAGE=eu, make evaluate, make model-x',
  };
  t.deepEqual(
    Object.keys(texts).map((text) => withStage(text, 'eu')),
    Object.values(texts),
  );
  t.is(withStage('make apply', 'rehearsal'), 'make apply');
});
