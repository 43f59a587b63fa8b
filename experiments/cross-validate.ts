import { algorithmFor } from '../model/algorithms/index.ts';
import { DataError, type Dataset, type Example } from '../model/datasets/example.ts';
import { dealByLabel, splitByLabel } from '../model/datasets/split.ts';
import { likeliest } from '../model/scoring/decide.ts';
import type { ModelSettings } from '../model/settings.ts';
import { scoreTexts } from '../model/training/held-out.ts';
import { buildProblem } from '../model/training/problem.ts';

/** A part of cross-validation: learns from a share of the other folds, and answers the texts of this one. */
export interface Part {
  readonly fold: number;
  /** The share of the training texts that is learned from; 1 but for a learning curve. */
  readonly share: number;
}

/** What a part has measured. */
export interface PartResult extends Part {
  /** The texts that were learned from. */
  readonly learned: number;
  /** The held-out texts that have an intent, and how many of them are right. */
  readonly texts: number;
  readonly right: number;
  /** The processor time of learning; too short where an algorithm learns in threads of its own, as from more than 50,000 texts. */
  readonly trainSeconds: number;
  /** The processor time of answering a text. */
  readonly microseconds: number;
}

const quietly = async (): Promise<void> => {};

/** Learns and measures one part. Features are learned from the training texts alone. */
export async function measurePart(
  train: Dataset,
  settings: ModelSettings,
  folds: number,
  part: Part,
): Promise<PartResult> {
  const { seed, outOfScopeLabel } = settings;
  const { learned, heldOut } = splitPart(train.examples, folds, part, seed);
  const algorithm = algorithmFor(settings);
  const [trainSeconds, { problem, members }] = await timed(async () => {
    const features = settings.features ?? algorithm.features;
    const problem = await buildProblem({ ...train, examples: learned }, features, outOfScopeLabel, quietly);
    const reason = algorithm.refuse?.(problem.set);
    if (reason !== undefined) throw new DataError(reason);
    return { problem, members: await algorithm.fit(problem.set, { seed, onProgress: quietly }) };
  });
  const asked = heldOut.filter(({ intent }) => intent !== outOfScopeLabel);
  const [answerSeconds, scored] = await timed(async () =>
    scoreTexts({ ...train, examples: asked }, members, problem, quietly),
  );
  const right = scored.filter(({ perMember }, at) => {
    const [best] = likeliest(perMember[0] as Float64Array, problem.labels.length, 1);
    return problem.labels[best as number] === asked[at]?.intent;
  }).length;
  const microseconds = (answerSeconds * 1e6) / Math.max(1, asked.length);
  return { ...part, learned: learned.length, texts: asked.length, right, trainSeconds, microseconds };
}

interface SplitExamples {
  learned: readonly Example[];
  heldOut: readonly Example[];
}

function splitPart(examples: readonly Example[], folds: number, { fold, share }: Part, seed: number): SplitExamples {
  const dealt = dealByLabel(
    examples.map(({ intent }) => intent),
    folds,
    seed,
  );
  const others = examples.filter((_, row) => dealt[row] !== fold);
  return {
    learned: share === 1 ? others : splitByLabel(others, 1 - share, seed).train,
    heldOut: examples.filter((_, row) => dealt[row] === fold),
  };
}

// Of this thread: others may be at work beside it.
async function timed<Result>(work: () => Promise<Result>): Promise<[seconds: number, result: Result]> {
  const before = process.threadCpuUsage();
  const result = await work();
  const { user, system } = process.threadCpuUsage(before);
  return [(user + system) / 1e6, result];
}
