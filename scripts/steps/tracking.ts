import { join } from 'node:path';
import { defaultRuns } from '../../common/paths.ts';
import { parametersOf } from '../../experiments/candidate.ts';
import { algorithmFor, algorithmName } from '../../model/algorithms/index.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { manifestFile } from '../../model/artifact/checksums.ts';
import type { Dataset } from '../../model/datasets/example.ts';
import type { DatasetSplits } from '../../model/datasets/load.ts';
import { registryName } from '../../model/model-reference.ts';
import type { ModelSettings } from '../../model/settings.ts';
import { versions } from '../../model/versions.ts';
import { openTracker } from '../../tracking/open.ts';
import type { RunInput } from '../../tracking/run-event.ts';
import type { RunDescription, Tracker } from '../../tracking/tracker.ts';
import { warn } from '../command-line/warn.ts';
import { commitOfCheckout } from './commit.ts';

/** Returns the folder of the runs of the stage's model. */
export function runsOf(settings: ModelSettings): string {
  return join(defaultRuns, registryName(settings));
}

/** Does what is kept as runs of the stage's model, and then sends the rest of it to MLflow, where the environment names a server. */
export async function withTracker<Result>(
  settings: ModelSettings,
  work: (tracker: Tracker) => Promise<Result>,
): Promise<Result> {
  const { tracker, finish } = openTracker({ experiment: registryName(settings), environment: process.env, warn });
  try {
    return await work(tracker);
  } finally {
    await finish();
  }
}

/** Returns what runs a command. */
export async function codeOf(command: string): Promise<RunDescription['code']> {
  return { command, intentFleet: versions.intentFleet, commit: await commitOfCheckout() };
}

/** Describes the texts that a run reads. */
export function inputOf(role: string, { path, sha256, examples }: Dataset): RunInput {
  return { role, path, sha256, rows: examples.length };
}

/** Keeps a training as a run: its settings and data, the figures of the model, its manifest, and its digest. */
export function trackTraining(
  command: string,
  settings: ModelSettings,
  splits: DatasetSplits,
  work: () => Promise<Artifact>,
): Promise<Artifact> {
  return withTracker(settings, async (tracker) => {
    const run = await tracker.start({
      ...{ name: command, parent: null, code: await codeOf(command) },
      parameters: trainingParameters(settings),
      inputs: Object.entries(splits).map(([role, dataset]) => inputOf(role, dataset)),
    });
    try {
      const artifact = await work();
      await run.log(figuresOf(artifact));
      await run.keep(manifestFile, artifact.files[manifestFile]);
      await run.made(artifact.manifest.version);
      await run.end('finished');
      return artifact;
    } catch (error) {
      await run.end('failed', (error as Error).message);
      throw error;
    }
  });
}

function trainingParameters(settings: ModelSettings): RunDescription['parameters'] {
  const { profile, algorithm, cost, seed, outOfScopeShare, testShare, threshold, vectorColumns } = settings;
  const features = settings.features ?? algorithmFor(settings).features;
  const { cost: usedCost, ...others } = parametersOf({
    model: { algorithm, features, ...(cost !== undefined && { cost }) },
  });
  return {
    ...{ profile, ...others, algorithm: algorithmName(settings) },
    ...(usedCost !== undefined && profile === 'default' && { cost: usedCost }),
    ...(profile === 'semantic' && { vectorColumns }),
    ...(threshold !== undefined && { threshold }),
    ...{ seed, outOfScopeShare, testShare },
  };
}

function figuresOf({ manifest: { metrics, threshold, golden } }: Artifact): { [name: string]: number } {
  const { examples, accuracy, answeredRight, coverage, calibrationError, outOfScopeRecall, accuracyInterval } = metrics;
  const [accuracyLow, accuracyHigh] = accuracyInterval;
  return {
    ...{ testTexts: examples, accuracy, accuracyLow, accuracyHigh, answeredRight, coverage, calibrationError },
    ...(outOfScopeRecall !== null && { outOfScopeRecall }),
    ...{ threshold: threshold.value, goldenFailures: golden.failures.length },
  };
}

/** Keeps with the run that has made an artifact which version it is; of several, with the newest. */
export function trackRegistration(settings: ModelSettings, artifact: string, version: number): Promise<void> {
  const model = registryName(settings);
  return withTracker(settings, async (tracker) => {
    const run = (await tracker.runs()).findLast(({ events }) =>
      events.some((event) => event.event === 'trained' && event.artifact === artifact),
    );
    if (!run || run.events.some((event) => event.event === 'registered' && event.version === version)) return;
    const opened = await tracker.reopen(run.events[0].id);
    await opened.append({ event: 'registered', at: new Date().toISOString(), model, version });
  });
}
