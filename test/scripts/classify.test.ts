import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { ownArtifact } from '../app/service.ts';
import { smallSet } from '../model/texts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function classify(artifact: string, env: Record<string, string>, input?: string) {
  return execa(process.execPath, ['scripts/classify.ts', '--artifact', artifact], {
    ...{ reject: false, timeout: 120_000, env: { NO_COLOR: '1', ...env } },
    ...(input !== undefined && { input }),
  });
}

async function manyTexts(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  const rows = Array.from({ length: 200_000 }, (_, at) => `${at},"${smallSet[at % smallSet.length]?.text}"`);
  const IN = join(folder, 'texts.csv');
  await writeFile(IN, `id,text\n${rows.join('\n')}\nbad\n`);
  return { folder, IN, OUT: join(folder, 'answers.csv'), artifact: await ownArtifact(t) };
}

// A checkpoint is written at the start, too.
async function untilSomeAnswered(path: string): Promise<void> {
  while (!existsSync(path) || JSON.parse(await readFile(path, 'utf8')).counts.answered === 0) await setTimeout(5);
}

for (const [signal, status] of [
  ['SIGKILL', undefined],
  ['SIGINT', 130],
] as const) {
  test.serial(`a run that ${signal} ends goes on with the same command, to the same bytes`, async (t) => {
    t.timeout(300_000);
    const { folder, IN, OUT, artifact } = await manyTexts(t);
    const run = classify(artifact, { IN, OUT });
    await untilSomeAnswered(`${OUT}.checkpoint`);
    run.kill(signal);
    const ended = await run;
    t.is(ended.exitCode, status);
    t.false(existsSync(OUT));
    t.true(existsSync(`${OUT}.partial`));
    const again = await classify(artifact, { IN, OUT });
    t.is(again.exitCode, 0, again.stderr);
    t.regex(again.stderr, /^goes on after \d+ texts of the run before$/m);
    t.regex(again.stderr, /^200000 texts answered, \d+ of them unknown, 1 bad lines in .*answers\.csv\.bad\.csv$/m);
    const whole = join(folder, 'whole.csv');
    t.is((await classify(artifact, { IN, OUT: whole })).exitCode, 0);
    t.true((await readFile(OUT)).equals(await readFile(whole)));
    t.deepEqual((await readdir(folder)).sort(), [
      'answers.csv',
      'answers.csv.bad.csv',
      'texts.csv',
      'whole.csv',
      'whole.csv.bad.csv',
    ]);
  });
}

test('from the standard input to the standard output, where bad lines are messages', async (t) => {
  const artifact = await ownArtifact(t);
  const { stdout, stderr, exitCode } = await classify(artifact, { FORMAT: 'tsv' }, 'text\tn\nhello there\t1\nbad\n');
  t.is(exitCode, 0, stderr);
  t.regex(stdout, /^text\tn\tintent\tconfidence\tguess\nhello there\t1\tgreeting\t0\.\d{4}\tgreeting$/);
  t.regex(stderr, /^line 3: expected 2 fields/);
  t.regex(stderr, /1 texts answered, 0 of them unknown, 1 bad lines$/);
});

test('an output that is closed ends the run without a stack', async (t) => {
  const { IN, artifact } = await manyTexts(t);
  const run = classify(artifact, { IN });
  run.stdout.once('data', () => run.stdout.destroy());
  const { exitCode, stderr } = await run;
  t.is(exitCode, 141);
  t.regex(stderr, /^classify: the standard output was closed$/m);
});

test('nothing to answer, wrong options and a missing model end with status 1 and a sentence', async (t) => {
  const artifact = await ownArtifact(t);
  const nothing = await classify(artifact, {}, 'text\n');
  t.deepEqual(
    [nothing.exitCode, nothing.stderr.split('\n').at(-1)],
    [1, 'classify: expected texts that can be answered, got none'],
  );
  const wrong = await classify(artifact, { TOP: 'many' }, '');
  t.deepEqual([wrong.exitCode, wrong.stderr], [1, 'classify: TOP=many: expected a whole number from 1 to 100']);
  const missing = await classify('/nowhere', {}, 'text\nhello\n');
  t.is(missing.exitCode, 1);
  t.regex(missing.stderr, /^classify: \/nowhere\/.*cannot be read \(ENOENT\)/);
});
