import type { Algorithm, FitOptions, Member, TrainingSet } from '../algorithms/algorithm.ts';
import { algorithmFor, algorithmName } from '../algorithms/index.ts';
import { matrixOf } from '../algorithms/matrix.ts';
import { FORMAT, type Manifest } from '../artifact/manifest.ts';
import type { Weights } from '../artifact/tensors.ts';
import { type Artifact, buildArtifact, type Draft } from '../artifact/write.ts';
import { UNKNOWN } from '../classifier.ts';
import { DataError, type Dataset } from '../datasets/example.ts';
import { checkGolden } from '../evaluation/golden.ts';
import { measure } from '../evaluation/metrics.ts';
import type { Features } from '../features/features.ts';
import { type LearnedFeatures, learnFeatures } from '../features/learn.ts';
import { createVectorizer, type Vectorizer } from '../features/vectorizer.ts';
import { createVocabulary } from '../features/vocabulary.ts';
import { answersOf, calibrate } from '../scoring/calibrate.ts';
import { createPredictor, type Head } from '../scoring/create-classifier.ts';
import { type HeldOut, scoreFolds, scoreTexts } from '../scoring/held-out.ts';
import { storeMember } from '../scoring/members.ts';
import { chooseThreshold, type Threshold } from '../scoring/threshold.ts';
import type { ModelSettings } from '../settings.ts';
import type { Sources } from '../sources.ts';
import { versions } from '../versions.ts';

/** Told what is being done, and which share of it is done. */
export type OnProgress = (step: string, share: number) => Promise<void>;

const silent: OnProgress = async () => {};

/** A model that can answer, before it is measured. */
export interface Model {
  readonly head: Head;
  readonly weights: Weights;
}

/** Learns, calibrates, chooses the threshold and measures: everything between labelled texts and an artifact. */
export async function trainModel(sources: Sources, settings: ModelSettings, onProgress = silent): Promise<Artifact> {
  const model = await learnModel(sources, settings, onProgress);
  await onProgress('measuring', 0);
  return buildArtifact(describe(model, sources, settings), model.weights);
}

/** Learns, calibrates and chooses the threshold, from the training (and validation) texts alone. */
export async function learnModel(
  sources: Pick<Sources, 'train' | 'validation'>,
  settings: ModelSettings,
  onProgress = silent,
): Promise<Model> {
  const algorithm = algorithmFor(settings);
  const stepOptions = (step: string): FitOptions => ({
    seed: settings.seed,
    onProgress: (share) => onProgress(step, share),
  });
  await onProgress('features', 0);
  const problem = pose(sources.train, settings.features ?? algorithm.features, settings.outOfScopeLabel);
  assertTrainable(algorithm, problem.set);
  const members = await algorithm.fit(problem.set, stepOptions('weights'));
  const heldOut = sources.validation
    ? scoreTexts(sources.validation, problem.labels, members, problem.vectorizer, problem.set.classes)
    : await scoreFolds(problem.set, algorithm, problem.labels.length, stepOptions('calibration'));
  return assemble(problem, algorithm, members, heldOut, settings);
}

/** Labelled texts, as numbers. */
interface Problem {
  labels: string[];
  features: Features;
  learned: LearnedFeatures;
  vectorizer: Vectorizer;
  set: TrainingSet;
}

function pose(train: Dataset, features: Features, outOfScopeLabel: string): Problem {
  const labels = labelsOf(train, outOfScopeLabel);
  const texts = train.examples.map(({ text }) => text);
  const learned = learnFeatures(features, texts);
  const vectorizer = createVectorizer(features, createVocabulary(learned.hashes), learned.frequencies);
  const targets = targetsOf(train, labels);
  const classes = labels.length + (targets.includes(labels.length) ? 1 : 0);
  return { labels, features, learned, vectorizer, set: { matrix: matrixOf(vectorizer, texts), targets, classes } };
}

// The intents in the order of their code units, which is the same everywhere.
function labelsOf({ path, examples }: Dataset, outOfScopeLabel: string): string[] {
  const labels = [...new Set(examples.map(({ intent }) => intent))].filter((label) => label !== outOfScopeLabel).sort();
  if (labels.includes(UNKNOWN)) {
    throw new DataError(
      `${path}: expected no intent named ${UNKNOWN}, which is the answer when none fits; rename it, or make it the outOfScopeLabel`,
    );
  }
  if (labels.length >= 2) return labels;
  throw new DataError(`${path}: expected at least 2 intents, got ${labels.length} (${labels.join(', ')}); add another`);
}

// What has no intent of its own is the class after the last.
function targetsOf({ examples }: Dataset, labels: readonly string[]): Int32Array {
  const classes = new Map(labels.map((label, index) => [label, index]));
  return Int32Array.from(examples, ({ intent }) => classes.get(intent) ?? labels.length);
}

function assertTrainable(algorithm: Algorithm, set: TrainingSet): void {
  const reason = algorithm.refuse?.(set);
  if (reason !== undefined) throw new DataError(reason);
}

function assemble(
  { labels, features, learned, set }: Problem,
  { precision }: Algorithm,
  members: readonly Member[],
  heldOut: readonly HeldOut[],
  settings: ModelSettings,
): Model {
  const calibration = calibrate(heldOut.filter(({ target }) => target < set.classes));
  const threshold: Threshold =
    settings.threshold === undefined
      ? chooseThreshold(answersOf(heldOut, calibration, labels.length), settings.outOfScopeShare)
      : { value: settings.threshold, rule: 'given in the settings' };
  return {
    head: { labels, outOfScopeClass: set.classes > labels.length, features, calibration, threshold },
    weights: { ...learned, members: members.map((member) => storeMember(member, precision)) },
  };
}

function describe({ head, weights }: Model, sources: Sources, settings: ModelSettings): Draft {
  const { predict } = createPredictor(head, weights);
  const { precision } = algorithmFor(settings);
  return {
    format: FORMAT,
    profile: settings.profile,
    algorithm: algorithmName(settings),
    ...head,
    members: weights.members.map(({ kind }) => ({ kind, precision })),
    metrics: measure(predict, sources.test.examples, head.labels),
    golden: checkGolden(predict, sources.golden?.examples ?? [], settings.outOfScopeLabel),
    data: { train: sourceOf(sources.train), test: sourceOf(sources.test) },
    seed: settings.seed,
    trainedAt: reproducibleDate(),
    versions,
  };
}

const sourceOf = ({ examples, sha256 }: Dataset): Manifest['data']['train'] => ({ rows: examples.length, sha256 });

// A date of its own would give the same data other bytes each time; SOURCE_DATE_EPOCH is the usual way to state one.
function reproducibleDate(): string | null {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined) return null;
  if (/^\d{1,12}$/.test(epoch)) return new Date(Number(epoch) * 1000).toISOString();
  throw new DataError(`SOURCE_DATE_EPOCH: expected seconds since 1970, got ${JSON.stringify(epoch)}`);
}
