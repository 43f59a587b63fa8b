import type { Algorithm, FitOptions } from '../algorithms/algorithm.ts';
import { algorithmFor } from '../algorithms/index.ts';
import type { Reference } from '../artifact/reference.ts';
import { DataError } from '../datasets/example.ts';
import type { DatasetSplits } from '../datasets/load.ts';
import { storeMember } from '../scoring/members.ts';
import type { Model, Threshold, TokenVectors } from '../scoring/model.ts';
import { createTextVectors } from '../scoring/text-vectors.ts';
import type { ModelSettings } from '../settings.ts';
import { loadTokenVectors } from '../vectors/load.ts';
import { vectorSource } from '../vectors/source.ts';
import { answersOf } from './calibrate.ts';
import { type CalibratedMembers, chooseMixture } from './choose-mixture.ts';
import { scoreFolds, scoreTexts } from './held-out.ts';
import { buildProblem, type TrainingProblem } from './problem.ts';
import { referenceOf } from './reference.ts';
import { chooseThreshold } from './threshold.ts';
import { withValidation } from './with-validation.ts';

/** Called with the name of the current step and the share of it that is done. */
export type OnProgress = (step: string, share: number) => Promise<void>;

/** Returns token vectors of so many columns. */
export type LoadVectors = (columns: number) => Promise<TokenVectors>;

/** A model, and its answers to texts that its weights did not learn from. */
export interface LearnedModel extends Model {
  readonly reference: Reference;
}

/** Learns, calibrates and chooses the threshold, from the training (and validation) texts alone. */
export async function learnModel(
  splits: Pick<DatasetSplits, 'train' | 'validation'>,
  settings: ModelSettings,
  onProgress: OnProgress = async () => {},
  loadVectors: LoadVectors = loadTokenVectors,
): Promise<LearnedModel> {
  const { seed, outOfScopeLabel } = settings;
  const { train, validation } = withValidation(splits, settings);
  const algorithm = algorithmFor(settings);
  const report = (step: string) => (share: number) => onProgress(step, share);
  const optionsFor = (step: string): FitOptions => ({ seed, onProgress: report(step) });
  await onProgress('features', 0);
  if (settings.profile === 'semantic') await onProgress('token vectors', 0);
  const tokenVectors = settings.profile === 'semantic' ? await loadVectors(settings.vectorColumns) : undefined;
  const semantics = tokenVectors && {
    textVectors: createTextVectors(tokenVectors),
    descriptions: settings.descriptions,
  };
  const features = settings.features ?? algorithm.features;
  const problem = await buildProblem(train, features, outOfScopeLabel, report('features'), semantics);
  const reason = algorithm.refuse?.(problem.set);
  if (reason !== undefined) throw new DataError(reason);
  const members = await algorithm.fit(problem.set, optionsFor('weights'));
  const heldOut = validation
    ? await scoreTexts(validation, members, problem, report('calibration'))
    : await scoreFolds(problem, algorithm, optionsFor('calibration'));
  await onProgress('calibration', 1);
  return assemble(
    problem,
    algorithm,
    chooseMixture(members, heldOut, problem.set.classes, algorithm.usualTemperature),
    settings,
  );
}

function assemble(
  { labels, features, learned, semantics, set }: TrainingProblem,
  { precision }: Algorithm,
  { members, heldOut, calibration }: CalibratedMembers,
  settings: ModelSettings,
): LearnedModel {
  const threshold: Threshold =
    settings.threshold === undefined
      ? chooseThreshold(answersOf(heldOut, calibration, labels.length), settings.outOfScopeShare)
      : { value: settings.threshold, rule: 'given in the settings' };
  const outOfScopeClass = set.classes > labels.length;
  const source = semantics && { tokenVectors: { source: vectorSource, columns: semantics.textVectors.columns } };
  const vectors = semantics && { tokenVectors: semantics.textVectors.tokenVectors };
  const configuration = { labels, outOfScopeClass, features, ...source, calibration, threshold };
  return {
    configuration,
    weights: { ...learned, ...vectors, members: members.map((member) => storeMember(member, precision)) },
    reference: referenceOf(heldOut, configuration),
  };
}
