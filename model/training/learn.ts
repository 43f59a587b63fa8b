import type { Algorithm, FitOptions, Member } from '../algorithms/algorithm.ts';
import { algorithmFor } from '../algorithms/index.ts';
import type { Reference } from '../artifact/reference.ts';
import { DataError } from '../datasets/example.ts';
import type { DatasetSplits } from '../datasets/load.ts';
import { storeMember } from '../scoring/members.ts';
import type { Model, Threshold } from '../scoring/model.ts';
import type { ModelSettings } from '../settings.ts';
import { answersOf, calibrate } from './calibrate.ts';
import { type HeldOut, scoreFolds, scoreTexts } from './held-out.ts';
import { buildProblem, type TrainingProblem } from './problem.ts';
import { referenceOf } from './reference.ts';
import { chooseThreshold } from './threshold.ts';

/** Called with the name of the current step and the share of it that is done. */
export type OnProgress = (step: string, share: number) => Promise<void>;

/** A model, and its answers to texts that its weights did not learn from. */
export interface LearnedModel extends Model {
  readonly reference: Reference;
}

/** Learns, calibrates and chooses the threshold, from the training (and validation) texts alone. */
export async function learnModel(
  { train, validation }: Pick<DatasetSplits, 'train' | 'validation'>,
  settings: ModelSettings,
  onProgress: OnProgress = async () => {},
): Promise<LearnedModel> {
  const { seed, outOfScopeLabel } = settings;
  const algorithm = algorithmFor(settings);
  const optionsFor = (step: string): FitOptions => ({ seed, onProgress: (share) => onProgress(step, share) });
  await onProgress('features', 0);
  const problem = buildProblem(train, settings.features ?? algorithm.features, outOfScopeLabel);
  const reason = algorithm.refuse?.(problem.set);
  if (reason !== undefined) throw new DataError(reason);
  const members = await algorithm.fit(problem.set, optionsFor('weights'));
  const heldOut = validation
    ? scoreTexts(validation, members, problem)
    : await scoreFolds(problem, algorithm, optionsFor('calibration'));
  return assemble(problem, algorithm, members, heldOut, settings);
}

function assemble(
  { labels, features, learned, set }: TrainingProblem,
  { precision, usualTemperature }: Algorithm,
  members: readonly Member[],
  heldOut: readonly HeldOut[],
  settings: ModelSettings,
): LearnedModel {
  const known = heldOut.filter(({ target }) => target < set.classes);
  const calibration = calibrate(known, usualTemperature);
  const threshold: Threshold =
    settings.threshold === undefined
      ? chooseThreshold(answersOf(heldOut, calibration, labels.length), settings.outOfScopeShare)
      : { value: settings.threshold, rule: 'given in the settings' };
  const configuration = { labels, outOfScopeClass: set.classes > labels.length, features, calibration, threshold };
  return {
    configuration,
    weights: { ...learned, members: members.map((member) => storeMember(member, precision)) },
    reference: referenceOf(heldOut, configuration),
  };
}
