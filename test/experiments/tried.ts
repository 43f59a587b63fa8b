import { type CandidateModel, candidateOf } from '../../experiments/candidate.ts';
import type { Tried, TriedEnd } from '../../experiments/tried.ts';
import { plainFeatures } from '../model/trained.ts';

/** A candidate with so many right answers of ten in each fold. */
export function tried(
  name: string,
  right: readonly number[],
  end: TriedEnd = { outcome: 'finished' },
  trainSeconds = 1,
  model: Partial<CandidateModel> = {},
): Tried {
  const results = right.map((count, fold) => ({
    ...{ fold, share: 1, learned: 40, texts: 10, right: count, trainSeconds, microseconds: 10 },
  }));
  return { candidate: candidateOf(name, { algorithm: 'linear-svm', features: plainFeatures, ...model }), results, end };
}
