import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { Option } from 'commander';
import { execa } from 'execa';
import * as z from 'zod';
import { sha256 } from '../model/artifact/checksums.ts';
import type { Metrics } from '../model/artifact/manifest.ts';
import { writeArtifact } from '../model/artifact/write.ts';
import { openArtifact } from '../model/artifact.ts';
import { DataError, type Dataset } from '../model/datasets/example.ts';
import { readDataset } from '../model/datasets/read.ts';
import { type ModelSettings, modelSettings } from '../model/settings.ts';
import { readSources, type Sources } from '../model/sources.ts';
import { trainModel } from '../model/train.ts';
import { command, run } from './command.ts';
import { showProgress } from './model-command.ts';
import { steps } from './progress.ts';

type Profile = ModelSettings['profile'];

/** One line of the table; `ok` compares the unrounded value. */
interface Line {
  what: string;
  got: string;
  reach: string;
  ok: boolean;
}

const OUT_OF_SCOPE = 'oos';

const clincSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/** The CLINC150 parts by name, such as `train` or `oos_val`, each joined from the parts of the file that are named. */
async function readClinc(folder: string): Promise<(...parts: string[]) => Dataset> {
  const path = join(folder, 'clinc150', 'data_full.json');
  const content = await readFile(path, 'utf8').catch(() => {
    throw new DataError(`${path}: cannot be read; DATA names the folder that holds clinc150 and banking77`);
  });
  const data = clincSchema.parse(JSON.parse(content));
  return (...parts) => {
    const rows = parts.flatMap((part) => data[part] ?? []);
    return {
      path: `${path} (${parts.join(' and ')})`,
      sha256: sha256(JSON.stringify(rows)),
      examples: rows.map(([text, intent], index) => ({ text, intent, line: index + 1 })),
    };
  };
}

async function readBanking(folder: string): Promise<Sources> {
  const columns = { text: 'text', intent: 'category' };
  const part = (name: string): Promise<Dataset> => readDataset(join(folder, 'banking77', `${name}.csv`), columns);
  return { train: await part('train'), test: await part('test') };
}

const settingsOf = (profile: Profile): ModelSettings => modelSettings.parse({ profile, outOfScopeLabel: OUT_OF_SCOPE });

interface Trained {
  metrics: Metrics;
  cpuSeconds: number;
  folder: string;
}

async function trainTo(
  folder: string,
  sources: Sources,
  settings: ModelSettings,
  onProgress?: Parameters<typeof trainModel>[2],
): Promise<Trained> {
  const before = process.cpuUsage();
  const artifact = await trainModel(sources, settings, onProgress);
  const { user, system } = process.cpuUsage(before);
  await writeArtifact(artifact, folder);
  return { metrics: artifact.manifest.metrics, cpuSeconds: (user + system) / 1e6, folder };
}

const percent = (share: number): string => (100 * share).toFixed(2);

const atLeast = (what: string, value: number, reach: number): Line => ({
  what,
  got: percent(value),
  reach: `at least ${percent(reach)}`,
  ok: value >= reach,
});

const atMost = (what: string, value: number, reach: number, unit: string, digits: number): Line => ({
  what,
  got: `${value.toFixed(digits)}${unit}`,
  reach: `at most ${reach}${unit}`,
  ok: value <= reach,
});

const reaches = {
  default: { clinc: 0.934, banking: 0.915, recall: 0.48, inScope: 0.928, microseconds: 60 },
  accurate: { clinc: 0.94, banking: 0.929, recall: 0.58, inScope: 0.93, microseconds: 500 },
} as const;

const LARGEST_CALIBRATION_ERROR = 0.03;

/** Median time of one prediction over the test texts, from an opened artifact; a first round warms up. */
async function medianMicroseconds(folder: string, { examples }: Dataset): Promise<number> {
  const { predict } = await openArtifact(folder);
  for (const { text } of examples) predict(text);
  const times = examples.map(({ text }) => {
    const start = process.hrtime.bigint();
    predict(text);
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  return times.sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}

async function sizeOf(folder: string): Promise<number> {
  const { manifest } = await openArtifact(folder);
  const files = await Promise.all(
    [manifest.weights.file, 'manifest.json', 'SHA256SUMS'].map((file) => stat(join(folder, file))),
  );
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** What opening costs a fresh process that has already loaded the code, as the service has. */
async function costOfOpening(folder: string): Promise<{ milliseconds: number; megabytes: number }> {
  const code = `
    const { openArtifact } = await import(${JSON.stringify(new URL('../model/artifact.ts', import.meta.url).href)});
    gc();
    const before = process.memoryUsage.rss();
    const start = performance.now();
    const classifier = await openArtifact(${JSON.stringify(folder)});
    const milliseconds = performance.now() - start;
    for (let round = 0; round < 2000; round += 1) classifier.predict('some text number ' + round);
    gc();
    console.log(JSON.stringify({ milliseconds, megabytes: (process.memoryUsage.rss() - before) / 1e6 }));`;
  const { stdout } = await execa(process.execPath, ['--expose-gc', '--input-type=module', '--eval', code]);
  return JSON.parse(stdout);
}

async function serving(profile: Profile, folder: string, test: Dataset): Promise<Line[]> {
  const time = await medianMicroseconds(folder, test);
  const lines = [
    atMost(`${profile}: one prediction at 150 labels, median`, time, reaches[profile].microseconds, ' us', 1),
  ];
  const { milliseconds, megabytes } = await costOfOpening(folder);
  const size = (await sizeOf(folder)) / 1e6;
  if (profile === 'accurate') {
    const stated = `${size.toFixed(2)} MB, ${megabytes.toFixed(1)} MB, ${milliseconds.toFixed(1)} ms`;
    return [...lines, { what: 'accurate: artifact, memory, opening', got: stated, reach: 'stated', ok: true }];
  }
  return [
    ...lines,
    atMost('default: artifact at 150 labels', size, 4, ' MB', 2),
    atMost('default: resident memory it adds', megabytes, 40, ' MB', 1),
    atMost('default: opened in', milliseconds, 50, ' ms', 1),
  ];
}

function accuracyLines(profile: Profile, clinc: Trained, banking: Trained): Line[] {
  const reach = reaches[profile];
  return [
    atLeast(`${profile}: accuracy on CLINC150`, clinc.metrics.accuracy, reach.clinc),
    atLeast(`${profile}: accuracy on BANKING77`, banking.metrics.accuracy, reach.banking),
    atMost(
      `${profile}: calibration error on CLINC150`,
      clinc.metrics.calibrationError,
      LARGEST_CALIBRATION_ERROR,
      '',
      4,
    ),
    atMost(
      `${profile}: calibration error on BANKING77`,
      banking.metrics.calibrationError,
      LARGEST_CALIBRATION_ERROR,
      '',
      4,
    ),
    profile === 'default'
      ? atMost('default: training at 150 x 100 texts, CPU', clinc.cpuSeconds, 15, ' s', 1)
      : {
          what: 'accurate: training at 150 x 100 texts, CPU',
          got: `${clinc.cpuSeconds.toFixed(1)} s`,
          reach: 'stated',
          ok: true,
        },
  ];
}

function scopeLines(profile: Profile, { metrics }: Trained): Line[] {
  const { recall, inScope } = reaches[profile];
  return [
    atLeast(`${profile}: out of scope on CLINC150, recall`, metrics.outOfScopeRecall ?? 0, recall),
    atLeast(`${profile}: the same model, in-scope accuracy`, metrics.answeredRight, inScope),
  ];
}

interface Context {
  lines: Line[];
}

function profileTasks(profile: Profile, folder: string, clinc: (...parts: string[]) => Dataset, banking: Sources) {
  const settings = settingsOf(profile);
  const trained: Partial<Record<'clinc' | 'banking', Trained>> = {};
  return [
    {
      title: `${profile}: CLINC150`,
      task: async (_: Context, task: Parameters<typeof showProgress>[0]) => {
        const sources = { train: clinc('train'), test: clinc('test') };
        trained.clinc = await trainTo(join(folder, `${profile}-clinc`), sources, settings, showProgress(task));
      },
    },
    {
      title: `${profile}: BANKING77`,
      task: async (context: Context, task: Parameters<typeof showProgress>[0]) => {
        trained.banking = await trainTo(join(folder, `${profile}-banking`), banking, settings, showProgress(task));
        context.lines.push(...accuracyLines(profile, trained.clinc as Trained, trained.banking));
      },
    },
    {
      title: `${profile}: CLINC150 with out-of-scope examples`,
      task: async (context: Context, task: Parameters<typeof showProgress>[0]) => {
        const sources = {
          train: clinc('train', 'oos_train'),
          validation: clinc('val', 'oos_val'),
          test: clinc('test', 'oos_test'),
        };
        const scoped = await trainTo(join(folder, `${profile}-scope`), sources, settings, showProgress(task));
        context.lines.push(...scopeLines(profile, scoped));
      },
    },
    {
      title: `${profile}: serving`,
      task: async (context: Context) => {
        context.lines.push(...(await serving(profile, join(folder, `${profile}-clinc`), clinc('test'))));
      },
    },
  ];
}

async function ownData(): Promise<Line> {
  const settings = modelSettings.parse({});
  const { manifest } = await trainModel(await readSources(settings), settings);
  return atLeast('default: own four intents, accuracy', manifest.metrics.accuracy, 0.92);
}

function print(lines: readonly Line[]): void {
  const table = new Table({ head: ['what', 'measured', 'reach', ''], style: { head: [], border: [] } });
  for (const { what, got, reach, ok } of lines) table.push([what, got, reach, ok ? 'reached' : 'MISSED']);
  console.log(table.toString());
}

async function bench(data: string, profiles: Profile[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-model-'));
  try {
    const clinc = await readClinc(data);
    const banking = await readBanking(data);
    const tasks = profiles.flatMap((profile) => profileTasks(profile, folder, clinc, banking));
    const { lines } = await steps<Context>(tasks).run({ lines: [] });
    lines.push(await ownData());
    print(lines);
    if (lines.some(({ ok }) => !ok)) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const program = command('bench-model', 'Measures accuracy, calibration, speed and size on CLINC150 and BANKING77.')
  .requiredOption('--data <folder>', 'the folder that holds clinc150/data_full.json and banking77/{train,test}.csv')
  .addOption(new Option('--profile <name>', 'one profile only').choices(['default', 'accurate']))
  .action(({ data, profile }: { data: string; profile?: Profile }) =>
    bench(data, profile ? [profile] : ['default', 'accurate']),
  );

await run(program);
