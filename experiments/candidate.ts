import { sha256 } from '../common/checksum.ts';
import type { Block, Features } from '../model/features/features.ts';
import { type ModelSettings, modelSettings } from '../model/settings.ts';
import type { Grid } from './grid.ts';

/** One way to learn, which an experiment measures. */
export interface Candidate {
  /** The start of the checksum of what it is. */
  readonly id: string;
  /** What people read in a list. */
  readonly name: string;
  /** What a stage would say under `model`. */
  readonly model: CandidateModel;
}

export interface CandidateModel {
  readonly algorithm: ModelSettings['algorithm'];
  readonly features: Features;
  readonly cost?: number;
}

/** The values of a candidate by the names of its parameters. */
export type Parameters = Record<string, string | number | boolean>;

/** Makes a candidate. */
export function candidateOf(name: string, model: CandidateModel): Candidate {
  return { id: sha256(JSON.stringify(model)).slice(0, 12), name, model };
}

/** Returns each algorithm with each kind of features, none of them twice. */
export function gridCandidates({ features, algorithms }: Pick<Grid, 'features' | 'algorithms'>): Candidate[] {
  const all = algorithms.flatMap((algorithm) =>
    Object.entries(features).map(([name, value]) =>
      candidateOf(`${algorithm}, ${name}`, { algorithm, features: value }),
    ),
  );
  return all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at);
}

/** Returns the settings with which a candidate learns: those of the stage, where it says nothing else. */
export function settingsOf(stage: ModelSettings, { model }: Pick<Candidate, 'model'>): ModelSettings {
  const { cost: _, descriptions: __, ...others } = stage;
  return modelSettings.parse({ ...others, profile: 'default', ...model });
}

/** Returns the parameters of a candidate. Those of a block are of its first one of that kind. */
export function parametersOf({ model: { algorithm, features, cost } }: Pick<Candidate, 'model'>): Parameters {
  const { tokenizer, minimumTexts, blocks } = features;
  const words = blocks.find((block) => block.kind === 'words');
  const characters = blocks.find((block) => block.kind === 'characters');
  const { weighting, inverseDocumentFrequency, normalise } = blocks[0] as Block;
  return {
    algorithm,
    ...(algorithm === 'linear-svm' && { cost: cost ?? 1 }),
    ...{ tokenizer, minimumTexts },
    wordLengths: words ? words.lengths.join(' to ') : 'none',
    ...(words && { stemmer: words.stemmer, stopWords: words.stopWords }),
    characterLengths: characters ? characters.lengths.join(' to ') : 'none',
    ...{ weighting, inverseDocumentFrequency, normalise },
  };
}
