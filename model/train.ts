import type { FitOptions, TrainingSet } from './algorithms/algorithm.ts';
import { algorithmFor } from './algorithms/index.ts';
import { matrixOf } from './algorithms/matrix.ts';
import { FORMAT, type Manifest } from './artifact/manifest.ts';
import { type Artifact, buildArtifact } from './artifact/write.ts';
import { DataError, type Dataset } from './datasets/example.ts';
import { checkGolden } from './evaluation/golden.ts';
import { measure } from './evaluation/metrics.ts';
import { learnFeatures } from './features/learn.ts';
import { createVectorizer } from './features/vectorizer.ts';
import { createVocabulary } from './features/vocabulary.ts';
import { answersOf, calibrate } from './scoring/calibrate.ts';
import { createPredictor } from './scoring/create-classifier.ts';
import { type HeldOut, scoreFolds, scoreTexts } from './scoring/held-out.ts';
import { storeMember } from './scoring/members.ts';
import { chooseThreshold, type Threshold } from './scoring/threshold.ts';
import type { ModelSettings } from './settings.ts';
import type { Sources } from './sources.ts';
import { versions } from './versions.ts';

/** Told what is being done, and which share of it is done. */
export type OnProgress = (step: string, share: number) => Promise<void>;

const silent: OnProgress = async () => {};

/** Learns, calibrates, chooses the threshold and measures: everything between labelled texts and an artifact. */
export async function trainModel(sources: Sources, settings: ModelSettings, onProgress = silent): Promise<Artifact> {
  const algorithm = algorithmFor(settings);
  const features = settings.features ?? algorithm.features;
  const labels = labelsOf(sources.train, settings.outOfScopeLabel);
  const texts = sources.train.examples.map(({ text }) => text);

  await onProgress('features', 0);
  const learned = learnFeatures(features, texts);
  const vectorizer = createVectorizer(features, createVocabulary(learned.hashes), learned.frequencies);
  const targets = targetsOf(sources.train, labels);
  const outOfScopeClass = targets.includes(labels.length);
  const classes = labels.length + (outOfScopeClass ? 1 : 0);
  const set: TrainingSet = { matrix: matrixOf(vectorizer, texts), targets, classes };
  const refusal = algorithm.refuse?.(set);
  if (refusal !== undefined) throw new DataError(refusal);

  const optionsFor = (step: string): FitOptions => ({
    seed: settings.seed,
    onProgress: (share) => onProgress(step, share),
  });
  const members = await algorithm.fit(set, optionsFor('weights'));
  const heldOut: HeldOut[] = sources.validation
    ? scoreTexts(sources.validation, labels, members, vectorizer, classes)
    : await scoreFolds(set, algorithm, optionsFor('calibration'));
  const calibration = calibrate(heldOut.filter(({ target }) => target < classes));
  const threshold: Threshold =
    settings.threshold === undefined
      ? chooseThreshold(answersOf(heldOut, calibration, labels.length))
      : { value: settings.threshold, rule: 'given in the settings' };

  await onProgress('measuring', 0);
  const weights = { ...learned, members: members.map((member) => storeMember(member, algorithm.precision)) };
  const head = { labels, outOfScopeClass, features, calibration, threshold };
  const { predict } = createPredictor(head, weights);
  const draft = {
    ...head,
    format: FORMAT as typeof FORMAT,
    profile: settings.profile,
    algorithm: settings.profile === 'accurate' ? 'ensemble' : settings.algorithm,
    members: members.map(({ kind }) => ({ kind, precision: algorithm.precision })),
    metrics: measure(predict, sources.test.examples, labels),
    golden: checkGolden(predict, sources.golden?.examples ?? []),
    data: { train: sourceOf(sources.train), test: sourceOf(sources.test) },
    seed: settings.seed,
    trainedAt: reproducibleDate(),
    versions,
  };
  return buildArtifact(draft, weights);
}

/** The intents in the order of their code units, which is the same everywhere. */
function labelsOf({ path, examples }: Dataset, outOfScopeLabel: string): string[] {
  const labels = [...new Set(examples.map(({ intent }) => intent))].filter((label) => label !== outOfScopeLabel).sort();
  if (labels.length >= 2) return labels;
  throw new DataError(`${path}: expected at least 2 intents, got ${labels.length} (${labels.join(', ')}); add another`);
}

/** The class of each example; what has no intent of its own is the class after the last. */
function targetsOf({ examples }: Dataset, labels: readonly string[]): Int32Array {
  const classes = new Map(labels.map((label, index) => [label, index]));
  return Int32Array.from(examples, ({ intent }) => classes.get(intent) ?? labels.length);
}

const sourceOf = ({ examples, sha256 }: Dataset): Manifest['data']['train'] => ({ rows: examples.length, sha256 });

// A date of its own would give the same data other bytes each time; SOURCE_DATE_EPOCH is the usual way to state one.
function reproducibleDate(): string | null {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  return epoch === undefined ? null : new Date(Number(epoch) * 1000).toISOString();
}
