import { algorithmFor, algorithmName } from '../algorithms/index.ts';
import type { Artifact } from '../artifact/artifact.ts';
import { buildArtifact, type Draft } from '../artifact/build.ts';
import { artifactFormat, type Manifest, vectorFormat } from '../artifact/manifest.ts';
import { DataError, type Dataset } from '../datasets/example.ts';
import type { DatasetSplits } from '../datasets/load.ts';
import { chooseExamples } from '../evaluation/examples.ts';
import { checkGolden } from '../evaluation/golden.ts';
import { measure } from '../evaluation/metrics.ts';
import { createPredictor } from '../scoring/predictor.ts';
import type { ModelSettings } from '../settings.ts';
import { versions } from '../versions.ts';
import { type LearnedModel, type LoadVectors, learnModel, type OnProgress } from './learn.ts';

/** Trains and measures a model: labelled texts in, an artifact out. */
export async function trainModel(
  splits: DatasetSplits,
  settings: ModelSettings,
  onProgress?: OnProgress,
  loadVectors?: LoadVectors,
): Promise<Artifact> {
  const model = await learnModel(splits, settings, onProgress, loadVectors);
  await onProgress?.('measuring', 0);
  return buildArtifact(draftFor(model, splits, settings), model.weights);
}

function draftFor(model: LearnedModel, { train, test, golden }: DatasetSplits, settings: ModelSettings): Draft {
  const { predict } = createPredictor(model);
  const { precision } = algorithmFor(settings);
  const { outOfScopeLabel } = settings;
  const goldenTexts = golden?.examples ?? [];
  return {
    format: model.configuration.tokenVectors ? vectorFormat : artifactFormat,
    profile: settings.profile,
    algorithm: algorithmName(settings),
    ...model.configuration,
    members: model.weights.members.map(({ kind }) => ({ kind, precision })),
    metrics: measure(predict, test.examples, model.configuration.labels),
    golden: checkGolden(predict, goldenTexts, outOfScopeLabel),
    examples: chooseExamples({ ...model.configuration, predict }, goldenTexts, test.examples, outOfScopeLabel),
    reference: model.reference,
    data: { train: sourceOf(train), test: sourceOf(test), testShare: heldOutShare(settings) },
    seed: settings.seed,
    trainedAt: reproducibleDate(),
    versions,
  };
}

function sourceOf({ examples, sha256 }: Dataset): Manifest['data']['train'] {
  return { rows: examples.length, sha256 };
}

function heldOutShare({ data, test, testShare }: ModelSettings): number | null {
  return data !== undefined && test === undefined ? testShare : null;
}

// The current date would change the bytes at each training; SOURCE_DATE_EPOCH is the standard way to state a date.
function reproducibleDate(): string | null {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined) return null;
  if (/^\d{1,12}$/.test(epoch)) return new Date(Number(epoch) * 1000).toISOString();
  throw new DataError(`SOURCE_DATE_EPOCH: expected seconds since 1970, got ${JSON.stringify(epoch)}`);
}
