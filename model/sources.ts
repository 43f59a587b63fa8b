import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UNKNOWN } from './classifier.ts';
import { DataError, type Dataset, type Example } from './datasets/example.ts';
import { readDataset } from './datasets/read.ts';
import { splitByLabel } from './datasets/split.ts';
import { defaultData, type ModelSettings } from './settings.ts';

/** All the labelled texts that a training uses. */
export interface Sources {
  train: Dataset;
  test: Dataset;
  validation?: Dataset;
  golden?: Dataset;
}

/** Reads what the settings name; where no test file is named, a share of the data is held out. */
export async function readSources(settings: ModelSettings): Promise<Sources> {
  const { data, test, validation, golden } = paths(settings);
  const read = (path: string): Promise<Dataset> => readDataset(path, settings.columns);
  const all = await read(data);
  const parts = test === undefined ? holdOut(all, settings) : { train: all, test: await read(test) };
  const sources = {
    ...parts,
    ...(validation === undefined ? {} : { validation: await read(validation) }),
    ...(golden === undefined ? {} : { golden: await readDataset(golden, { text: 'text', intent: 'intent' }, 'keep') }),
  };
  refuseStrangers(sources, settings.outOfScopeLabel);
  refuseNothing(sources, settings.outOfScopeLabel);
  return sources;
}

// Out-of-scope texts alone say nothing of accuracy, and calibrate nothing.
function refuseNothing({ test, validation }: Sources, outOfScopeLabel: string): void {
  for (const { path, examples } of validation ? [test, validation] : [test]) {
    if (examples.some(({ intent }) => intent !== outOfScopeLabel && intent !== UNKNOWN)) continue;
    throw new DataError(`${path}: expected texts with an intent, got ${examples.length} out of scope; add some`);
  }
}

// An intent that training never saw can't be answered: a typo, most likely, and it would count as a mistake for ever.
function refuseStrangers({ train, ...others }: Sources, outOfScopeLabel: string): void {
  const known = new Set([...train.examples.map(({ intent }) => intent), outOfScopeLabel, UNKNOWN]);
  for (const { path, examples } of Object.values(others)) {
    const stranger = examples.find(({ intent }) => !known.has(intent));
    if (!stranger) continue;
    const { line, intent } = stranger;
    throw new DataError(`${path}:${line}: expected an intent that ${train.path} holds, got ${intent}`);
  }
}

type Paths = { data: string } & Partial<Record<'test' | 'validation' | 'golden', string | undefined>>;

function paths({ data, test, validation, golden }: ModelSettings): Paths {
  if (data === undefined)
    return { data: defaultData.train, test: defaultData.test, validation, golden: golden ?? defaultData.golden };
  const beside = join(dirname(data), 'golden.csv');
  return { data, test, validation, golden: golden ?? (existsSync(beside) ? beside : undefined) };
}

function holdOut(all: Dataset, { testShare, seed }: ModelSettings): Pick<Sources, 'train' | 'test'> {
  const { train, test } = splitByLabel<Example>(all.examples, testShare, seed);
  if (test.length === 0) {
    throw new DataError(
      `${all.path}: expected several texts of each intent, so that some can be held out, got ${all.examples.length} in all; ` +
        'add more, or name a test file',
    );
  }
  return { train: { ...all, examples: train }, test: { ...all, examples: test } };
}
