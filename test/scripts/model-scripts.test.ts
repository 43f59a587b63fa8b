import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { smallSet } from '../model/texts.ts';

const csv = `text,intent\n${smallSet.map(({ text, intent }) => `"${text}",${intent}\n`).join('')}`;

async function folderWith(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scripts-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

const call = (script: string, options: string[], environment: Record<string, string> = {}) =>
  execa(process.execPath, [`scripts/${script}.ts`, ...options], {
    reject: false,
    timeout: 50_000,
    env: { NO_COLOR: '1', ...environment },
  });

test('train, evaluate and explain, one after another', async (t) => {
  const folder = await folderWith(t, { 'data.csv': csv, 'golden.csv': 'text,intent\nhello there,question\n' });
  const data = ['--data', join(folder, 'data.csv'), '--test-share', '0.25'];
  const artifact = join(folder, 'model');

  const trained = await call('train', [...data, '--output', artifact]);
  t.is(trained.exitCode, 0, trained.stderr);
  t.regex(trained.stdout, /data\.csv: 12 texts to learn from, 4 to measure with, 4 labels: /);
  t.regex(trained.stdout, /! intents with few examples: /);
  t.regex(trained.stdout, /model [0-9a-f]{12}: accuracy \d+\.\d % on 4 held-out texts/);
  t.regex(trained.stdout, /! would not be released: golden text "hello there": expected question, got /);

  const evaluated = await call('evaluate', [...data, '--artifact', artifact, '--output', join(folder, 'evaluation')]);
  t.is(evaluated.exitCode, 0, evaluated.stderr);
  t.notRegex(evaluated.stdout, /^!/m);
  t.deepEqual((await readdir(join(folder, 'evaluation'))).sort(), ['evaluation.json', 'index.html']);
  const evaluation = JSON.parse(await readFile(join(folder, 'evaluation', 'evaluation.json'), 'utf8'));
  t.is(evaluation.metrics.examples, 4);
  t.is(evaluation.golden.failures.length, 1);

  const split = await call('evaluate', [
    ...data,
    '--seed',
    '2',
    '--artifact',
    artifact,
    '--output',
    join(folder, 'evaluation'),
  ]);
  t.regex(split.stdout, /! .*data\.csv is split in another way than for training: some of the texts/);

  await writeFile(join(folder, 'other.csv'), 'text,intent\na,x\nb,x\nc,y\nd,y\n');
  const other = await call('evaluate', [
    '--data',
    join(folder, 'other.csv'),
    '--golden',
    join(folder, 'other.csv'),
    '--test-share',
    '0.5',
    '--artifact',
    artifact,
  ]);
  t.is(other.exitCode, 1);
  t.regex(
    other.stderr,
    /other\.csv: expected an intent that this model knows \(complaint, greeting, praise, question, …\), got none/,
  );

  const explained = await call('explain', ['great service', '--artifact', artifact, '--intent', 'praise']);
  t.is(explained.exitCode, 0, explained.stderr);
  t.regex(explained.stdout, /towards praise/);
  t.regex(explained.stdout, /^praise \(praise 0\.\d{3}, /);
  t.deepEqual((await readdir(folder)).sort(), ['data.csv', 'evaluation', 'golden.csv', 'model', 'other.csv']);
});

const refusals: [
  name: string,
  script: string,
  options: string[],
  message: RegExp,
  environment?: Record<string, string>,
][] = [
  ['no such data', 'train', ['--data', '/nowhere/data.csv'], /^train: \/nowhere\/data\.csv: cannot be read \(ENOENT\)/],
  [
    'no such algorithm',
    'train',
    ['--algorithm', 'forest'],
    /Allowed choices are linear-svm, bayes, logistic-regression/,
  ],
  ['a threshold that is no number', 'train', ['--threshold', 'high'], /expected a number/],
  ['a threshold that is no share', 'train', ['--threshold', '7'], /^train: threshold: expected at most 1, got 7$/],
  [
    'no such artifact',
    'evaluate',
    ['--artifact', '/nowhere'],
    /^evaluate: \/nowhere\/SHA256SUMS: cannot be read \(ENOENT\)/,
  ],
  ['a stage that is none', 'train', [], /^train: STAGE=nowhere: expected one of /, { STAGE: 'nowhere' }],
  ['no text', 'explain', [], /missing required argument 'text'/],
  [
    'benchmarks without data',
    'bench-model',
    ['--data', '/nowhere'],
    /\/nowhere\/clinc150\/data_full\.json: cannot be read/,
  ],
];

for (const [name, script, options, message, environment] of refusals) {
  test(`refused with a sentence and no stack: ${name}`, async (t) => {
    const { exitCode, stderr } = await call(script, options, environment);
    t.is(exitCode, 1);
    t.regex(stderr, message);
    t.notRegex(stderr, /^\s+at .*:\d+:\d+/m);
  });
}

test('a refused data set leaves no artifact behind', async (t) => {
  const folder = await folderWith(t, { 'data.csv': 'text,intent\nhello,greeting\n  ,greeting\n' });
  const { exitCode, stderr } = await call('train', [
    '--data',
    join(folder, 'data.csv'),
    '--output',
    join(folder, 'model'),
  ]);
  t.is(exitCode, 1);
  t.is(stderr, `train: ${folder}/data.csv:3: expected text not to be empty`);
  t.deepEqual(await readdir(folder), ['data.csv']);
});

const waitFor = (running: ReturnType<typeof call>, line: string): Promise<void> =>
  new Promise((resolve) => {
    running.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(line)) resolve();
    });
  });

test('interrupted while it learns: the old artifact is whole, and nothing lies beside it', async (t) => {
  const many = Array.from({ length: 150 }, (_, index) =>
    smallSet.map(({ text, intent }) => `"${text} ${index}",${intent}\n`),
  ).flat();
  const folder = await folderWith(t, { 'data.csv': csv, 'many.csv': `text,intent\n${many.join('')}` });
  const output = ['--output', join(folder, 'model')];
  await call('train', ['--data', join(folder, 'data.csv'), ...output]);
  const before = await readFile(join(folder, 'model', 'SHA256SUMS'), 'utf8');
  const running = call('train', ['--data', join(folder, 'many.csv'), '--profile', 'accurate', ...output]);
  await waitFor(running, 'features 0 %');
  await setTimeout(300);
  running.kill('SIGINT');
  t.is((await running).exitCode, 130);
  t.is(await readFile(join(folder, 'model', 'SHA256SUMS'), 'utf8'), before);
  t.deepEqual((await readdir(folder)).sort(), ['data.csv', 'many.csv', 'model']);
});
