import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import test from 'ava';
import { execa } from 'execa';
import { checkoutFolder } from '../../common/paths.ts';
import { readDataset } from '../../model/datasets/read.ts';
import { Tracker } from '../../tracking/tracker.ts';
import { csvRows, folderWith, smallCsv } from '../model/folders.ts';
import { smallSet } from '../model/texts.ts';

type Environment = Record<string, string>;

// Runs are kept where a command is called.
const workFolder = await mkdtemp(join(tmpdir(), 'model-scripts-'));
test.after.always(() => rm(workFolder, { recursive: true }));

function call(script: string, options: string[], environment: Environment = {}, cwd = workFolder) {
  return execa(process.execPath, [join(checkoutFolder, `scripts/${script}.ts`), ...options], {
    ...{ reject: false, timeout: 50_000, cwd },
    env: { NO_COLOR: '1', MLFLOW_TRACKING_URI: '', ...environment },
  });
}

test('train, evaluate and explain, one after another', async (t) => {
  const folder = await folderWith(t, { 'data.csv': smallCsv, 'golden.csv': 'text,intent\nhello there,question\n' });
  const data = ['--data', join(folder, 'data.csv'), '--test-share', '0.25'];
  const artifact = join(folder, 'model');

  const trained = await call('train', [...data, '--output', artifact]);
  t.is(trained.exitCode, 0, trained.stderr);
  t.regex(trained.stdout, /data\.csv: 12 texts to learn from, 4 to measure with, 4 labels: /);
  t.regex(trained.stdout, /! intents with fewer than 20 texts: /);
  t.regex(trained.stdout, /model [0-9a-f]{12}: accuracy \d+\.\d % on 4 held-out texts/);
  t.regex(trained.stdout, /! would not be released: golden text "hello there": expected question, got /);

  const evaluation = ['--artifact', artifact, '--output', join(folder, 'evaluation')];
  const evaluated = await call('evaluate', [...data, ...evaluation]);
  t.is(evaluated.exitCode, 0, evaluated.stderr);
  t.notRegex(evaluated.stdout, /^! (?!intents with)/m);
  t.deepEqual((await readdir(join(folder, 'evaluation'))).sort(), [
    'evaluation.json',
    'index.html',
    'metrics.json',
    'plots',
  ]);
  t.true(evaluated.stdout.endsWith(`\nThe page: file://${folder}/evaluation/index.html`));
  const { metrics, golden } = JSON.parse(await readFile(join(folder, 'evaluation', 'evaluation.json'), 'utf8'));
  t.is(metrics.examples, 4);
  t.is(golden.failures.length, 1);

  const split = await call('evaluate', [...data, '--seed', '2', ...evaluation]);
  t.regex(split.stdout, /! .*data\.csv is split in another way than for training: the model has learned some/);

  const otherData = join(folder, 'other.csv');
  await writeFile(otherData, 'text,intent\na,x\nb,x\nc,y\nd,y\n');
  const otherOptions = ['--data', otherData, '--golden', otherData, '--test-share', '0.5'];
  const other = await call('evaluate', [...otherOptions, '--artifact', artifact]);
  t.is(other.exitCode, 1);
  t.regex(
    other.stderr,
    /other\.csv: expected an intent that this model knows \(complaint, greeting, praise, question, …\), got none; train a model with it: make train DATA=.*other\.csv$/,
  );

  const explained = await call('explain', ['great service', '--artifact', artifact, '--intent', 'praise']);
  t.is(explained.exitCode, 0, explained.stderr);
  t.regex(explained.stdout, /towards praise/);
  t.regex(explained.stdout, /^praise \(praise 0\.\d{3}, /);
  t.deepEqual((await readdir(folder)).sort(), ['data.csv', 'evaluation', 'golden.csv', 'model', 'other.csv']);
});

test('texts of another form are prepared as two files that training reads, and golden texts with them', async (t) => {
  const rows = [...smallSet, { text: 'grüße an "alle"; danke', intent: 'praise' }];
  const content = rows.map(({ text, intent }) => `"${text.replaceAll('"', '""')}";${intent}\n`).join('');
  const folder = await folderWith(t, {
    'ours.csv': Buffer.from(`Message;Category\n${content}`, 'latin1'),
    'golden.csv': 'text,intent\n"",unknown\n',
  });
  const output = join(folder, 'data');
  const ours = ['--data', join(folder, 'ours.csv'), '--text-column', 'Message', '--intent-column', 'Category'];
  const prepared = await call('prepare-data', [...ours, '--test-share', '0.25', '--output', output]);
  t.is(prepared.exitCode, 0, prepared.stderr);
  t.regex(prepared.stdout, /ours\.csv: read as windows-1252, separated by semicolons/);
  const columns = { text: 'text', intent: 'intent' };
  const [train, test] = await Promise.all(
    ['train', 'test'].map((name) => readDataset(join(output, `${name}.csv`), columns)),
  );
  const labelled = (examples: readonly { text: string; intent: string }[] = []) =>
    examples.map(({ text, intent }) => `${intent}: ${text}`).sort();
  t.is(test?.examples.length, 4);
  t.deepEqual(labelled([...(train?.examples ?? []), ...(test?.examples ?? [])]), labelled(rows));
  t.is(await readFile(join(output, 'golden.csv'), 'utf8'), 'text,intent\n"","unknown"\n');

  await rm(join(folder, 'golden.csv'));
  await call('prepare-data', [...ours, '--output', output]);
  t.deepEqual((await readdir(output)).sort(), ['test.csv', 'train.csv']);
});

const refusals: [name: string, script: string, options: string[], message: RegExp, environment?: Environment][] = [
  [
    'a missing file',
    'train',
    ['--data', '/nowhere/data.csv'],
    /^train: \/nowhere\/data\.csv: cannot be read \(ENOENT\)/,
  ],
  [
    'an algorithm that does not exist',
    'train',
    ['--algorithm', 'forest'],
    /Allowed choices are linear-svm, neural-network, bayes, logistic-regression/,
  ],
  ['a threshold that is not a number', 'train', ['--threshold', 'high'], /expected a number/],
  ['a threshold that is not a share', 'train', ['--threshold', '7'], /^train: threshold: expected at most 1, got 7$/],
  [
    'a missing artifact',
    'evaluate',
    ['--artifact', '/nowhere'],
    /^evaluate: \/nowhere\/SHA256SUMS: cannot be read \(ENOENT\)/,
  ],
  ['a stage that does not exist', 'train', [], /^train: STAGE=nowhere: expected one of /, { STAGE: 'nowhere' }],
  ['to explain without a text', 'explain', [], /missing required argument 'text'/],
  [
    'to measure without the data sets',
    'bench-model',
    ['--data', '/nowhere'],
    /\/nowhere\/clinc150\/data_full\.json: cannot be read/,
  ],
];

for (const [name, script, options, message, environment] of refusals) {
  test(`refuses ${name} with a sentence and no stack`, async (t) => {
    const { exitCode, stderr } = await call(script, options, environment);
    t.is(exitCode, 1);
    t.regex(stderr, message);
    t.notRegex(stderr, /^\s+at .*:\d+:\d+/m);
  });
}

test('a refused data set leaves no artifact behind', async (t) => {
  const folder = await folderWith(t, { 'data.csv': 'text,intent\nhello,greeting\n  ,greeting\n' });
  const files = ['--data', join(folder, 'data.csv'), '--output', join(folder, 'model')];
  const { exitCode, stderr } = await call('train', files);
  t.is(exitCode, 1);
  t.is(stderr, `train: ${folder}/data.csv:3: expected text not to be empty`);
  t.deepEqual(await readdir(folder), ['data.csv']);
});

function waitFor(running: ReturnType<typeof call>, line: string): Promise<void> {
  return new Promise((resolve) => {
    running.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(line)) resolve();
    });
  });
}

test('an interrupted training leaves the old artifact whole, and nothing beside it', async (t) => {
  const many = Array.from({ length: 150 }, (_, index) =>
    csvRows(smallSet.map(({ text, intent }) => ({ text: `${text} ${index}`, intent }))),
  );
  const folder = await folderWith(t, { 'data.csv': smallCsv, 'many.csv': `text,intent\n${many.join('')}` });
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

test('an experiment finds the best candidate, train takes it, and both are runs', async (t) => {
  const grid = [
    'features: {words: {minimumTexts: 1, blocks: [{kind: words}]}}',
    'algorithms: [linear-svm, bayes]',
    'search: {candidates: 1, minimumTexts: [2]}',
    ...['folds: 2', 'minutes: 1', ''],
  ];
  const folder = await folderWith(t, { 'data.csv': smallCsv, 'grid.yaml': grid.join('\n') });
  const data = ['--data', 'data.csv', '--test-share', '0.25'];
  const tried = await call('experiment', [...data, '--grid', 'grid.yaml'], {}, folder);
  t.is(tried.exitCode, 0, tried.stderr);
  t.regex(tried.stdout, /0 of 6 measured, at most 1 min 0 s left/);
  t.regex(tried.stdout, /│ 1 │ .* finished │/);
  const [, page = '', settings = ''] =
    /The page: file:\/\/(.*report\.html)\nTrain the best with: make train SETTINGS=(\S+) DATA=data\.csv$/.exec(
      tried.stdout,
    ) ?? [];
  t.regex(await readFile(page, 'utf8'), /<h2>All candidates<\/h2>/);

  const trained = await call('train', [...data, '--settings', settings], {}, folder);
  t.is(trained.exitCode, 0, trained.stderr);
  t.regex(trained.stdout, /would not be released|To deploy it, let stages/);
  const [experiment, ...others] = await new Tracker(join(folder, 'runs', 'intents')).runs();
  t.deepEqual(
    experiment?.events.map(({ event }) => event),
    ['started', 'file', 'file', 'metrics', 'ended'],
  );
  const training = others.find(({ events: [start] }) => start.name === 'train');
  t.deepEqual(
    training?.events.map(({ event }) => event),
    ['started', 'metrics', 'file', 'trained', 'ended'],
  );
  t.is(others.length, 7);

  const listed = await call('experiments', ['--json'], {}, folder);
  t.deepEqual(
    JSON.parse(listed.stdout).map(({ name, outcome, parts }: Record<string, unknown>) => [name, outcome, parts]),
    [
      ['experiment', 'finished', 6],
      ['train', 'finished', 0],
    ],
  );
});

test('settings of a model that are none are refused with the file and the place', async (t) => {
  const folder = await folderWith(t, { 'none.yaml': 'algorithm: bayes\n', 'bad.yaml': 'model: {cost: -1}\n' });
  const refused = async (file: string) => (await call('train', ['--settings', file], {}, folder)).stderr;
  t.is(
    await refused('none.yaml'),
    [
      'train: none.yaml: not the settings of a model:',
      'train:   model: expected a mapping, got nothing',
      'train:   algorithm: unknown key',
    ].join('\n'),
  );
  t.is(
    await refused('bad.yaml'),
    ['train: bad.yaml: not the settings of a model:', 'train:   cost: expected at least 0.001, got -1'].join('\n'),
  );
});
