import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { ReportShare } from '../../common/in-turns.ts';
import { unknownIntent } from '../prediction.ts';
import type { ModelSettings } from '../settings.ts';
import { DataError, type Dataset, type Example, examplesDigest } from './example.ts';
import { readDataset } from './read.ts';
import { splitByLabel } from './split.ts';

/** The labelled texts of a training. */
export interface DatasetSplits {
  train: Dataset;
  test: Dataset;
  validation?: Dataset;
  golden?: Dataset;
}

const dataFolder = relative('', join(import.meta.dirname, '../data'));

/** The project's own data set, relative to the working directory. */
export const defaultData = {
  train: join(dataFolder, 'train.csv'),
  test: join(dataFolder, 'test.csv'),
  golden: join(dataFolder, 'golden.csv'),
};

/** Reads the files that the settings name; without a test file, a share of the data is held out. */
export async function loadDatasets(settings: ModelSettings, report?: ReportShare): Promise<DatasetSplits> {
  const { data, test, validation, golden } = pathsFrom(settings);
  const { columns, outOfScopeLabel } = settings;
  const all = await readDataset(data, columns, 'refuse', report);
  const splits = {
    ...(test === undefined ? holdOut(all, settings) : { train: all, test: await readDataset(test, columns) }),
    ...(validation === undefined ? {} : { validation: await readDataset(validation, columns) }),
    ...(golden === undefined ? {} : { golden: await readDataset(golden, { text: 'text', intent: 'intent' }, 'keep') }),
  };
  refuseUnknownIntents(splits, outOfScopeLabel);
  refuseOutOfScopeAlone(splits, outOfScopeLabel);
  return splits;
}

// Out-of-scope texts alone give neither an accuracy nor a calibration.
function refuseOutOfScopeAlone({ test, validation }: DatasetSplits, outOfScopeLabel: string): void {
  for (const { path, examples } of validation ? [test, validation] : [test]) {
    if (examples.some(({ intent }) => intent !== outOfScopeLabel && intent !== unknownIntent)) continue;
    throw new DataError(`${path}: expected texts with an intent, got ${examples.length} out of scope; add some`);
  }
}

// An intent without training texts is probably a typo, and would always count as a mistake.
function refuseUnknownIntents({ train, ...others }: DatasetSplits, outOfScopeLabel: string): void {
  const known = new Set([...train.examples.map(({ intent }) => intent), outOfScopeLabel, unknownIntent]);
  for (const { path, examples } of Object.values(others)) {
    const example = examples.find(({ intent }) => !known.has(intent));
    if (!example) continue;
    const { line, intent } = example;
    throw new DataError(`${path}:${line}: expected an intent that ${train.path} holds, got ${intent}`);
  }
}

type Paths = { data: string } & Partial<Record<'test' | 'validation' | 'golden', string | undefined>>;

function pathsFrom({ data, test, validation, golden }: ModelSettings): Paths {
  if (data === undefined)
    return { data: defaultData.train, test: defaultData.test, validation, golden: golden ?? defaultData.golden };
  const beside = join(dirname(data), 'golden.csv');
  return { data, test, validation, golden: golden ?? (existsSync(beside) ? beside : undefined) };
}

function holdOut(all: Dataset, { testShare, seed }: ModelSettings): Pick<DatasetSplits, 'train' | 'test'> {
  const { train, test } = splitByLabel<Example>(all.examples, testShare, seed);
  if (test.length > 0) return { train: { ...all, examples: train }, test: { ...all, ...heldOut(test) } };
  throw new DataError(
    `${all.path}: expected several texts of each intent, so that some can be held out, got ${all.examples.length} in all; ` +
      'add more, or name a test file',
  );
}

function heldOut(examples: readonly Example[]): Pick<Dataset, 'sha256' | 'examples'> {
  return { examples, sha256: examplesDigest(examples) };
}
