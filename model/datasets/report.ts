import { inTurns, type ReportShare } from '../../common/in-turns.ts';
import { median } from '../../common/median.ts';
import { predictLimits } from '../../common/predict-limits.ts';
import type { Example } from './example.ts';
import type { DatasetSplits } from './load.ts';
import { type NearDuplicate, nearDuplicates } from './near-duplicates.ts';
import { plainText } from './plain-text.ts';

/** Fewer examples than this rarely teach an intent. */
export const fewExamples = 20;

/** The same text under more than one intent. */
interface Conflict {
  readonly text: string;
  readonly places: readonly Pick<Example, 'line' | 'intent'>[];
}

/** A test text that is a training text, too. */
interface Repeated {
  readonly test: Example;
  readonly train: Example;
}

/** Figures of the training texts, and what may be wrong with them. */
export interface DataReport {
  readonly path: string;
  /** How the file was read, where that had to be found out. */
  readonly foundOut: string | undefined;
  readonly rows: number;
  readonly testRows: number;
  /** Examples of each intent, most first. */
  readonly labels: readonly { readonly intent: string; readonly examples: number }[];
  /** In characters. */
  readonly lengths: { readonly shortest: number; readonly median: number; readonly longest: number };
  /** Texts that repeat another one of the same intent. */
  readonly duplicates: number;
  readonly conflicts: readonly Conflict[];
  /** Intents with few examples, more than one. */
  readonly thin: readonly string[];
  /** The only example of its intent. */
  readonly single: readonly Example[];
  /** Texts that the service refuses. */
  readonly tooLong: readonly Example[];
  readonly repeated: readonly Repeated[];
  /** Without those that are the same. */
  readonly nearDuplicates: readonly NearDuplicate[];
}

/** Examines labelled texts before training. */
export async function reportOn(
  { train, test }: Pick<DatasetSplits, 'train' | 'test'>,
  report: ReportShare = async () => {},
): Promise<DataReport> {
  const labels = countLabels(train.examples);
  const byText = await groupByText(train.examples, (share) => report(share / 2));
  const repeated = repeatedIn(byText, test.examples);
  const again = new Set(repeated.map((one) => one.test));
  return {
    path: train.path,
    foundOut: train.foundOut,
    rows: train.examples.length,
    testRows: test.examples.length,
    labels,
    lengths: lengthsOf(train.examples),
    duplicates: countDuplicates(byText),
    conflicts: conflictsIn(byText),
    thin: labels.filter(({ examples }) => examples > 1 && examples < fewExamples).map(({ intent }) => intent),
    single: singleIn(train.examples),
    tooLong: train.examples.filter(({ text }) => isTooLong(text)),
    repeated,
    nearDuplicates: await nearDuplicates(
      train.examples,
      test.examples.filter((example) => !again.has(example)),
      (share) => report(0.5 + share / 2),
    ),
  };
}

async function groupByText(examples: readonly Example[], report: ReportShare): Promise<ByText> {
  const byText = new Map<string, Example[]>();
  await inTurns(examples, report, (example) => {
    const text = plainText(example.text);
    const same = byText.get(text);
    if (same) same.push(example);
    else byText.set(text, [example]);
  });
  return byText;
}

function repeatedIn(byText: ByText, test: readonly Example[]): Repeated[] {
  return test.flatMap((example) => {
    const train = byText.get(plainText(example.text))?.[0];
    return train ? [{ test: example, train }] : [];
  });
}

function singleIn(examples: readonly Example[]): Example[] {
  const byIntent = Map.groupBy(examples, ({ intent }) => intent);
  return [...byIntent.values()].flatMap((members) => (members.length === 1 ? members : []));
}

function isTooLong(text: string): boolean {
  return text.length > predictLimits.textCharacters && [...text].length > predictLimits.textCharacters;
}

function countLabels(examples: readonly Example[]): { intent: string; examples: number }[] {
  return [...Map.groupBy(examples, ({ intent }) => intent)]
    .map(([intent, members]) => ({ intent, examples: members.length }))
    .sort((left, right) => right.examples - left.examples || (left.intent < right.intent ? -1 : 1));
}

function lengthsOf(examples: readonly Example[]): DataReport['lengths'] {
  const lengths = examples.map(({ text }) => text.length).sort((left, right) => left - right);
  return { shortest: lengths[0] ?? 0, median: median(lengths), longest: lengths.at(-1) ?? 0 };
}

type ByText = ReadonlyMap<string, readonly Example[]>;

function intentsOf(examples: readonly Example[]): Set<string> {
  return new Set(examples.map(({ intent }) => intent));
}

function several(byText: ByText): (readonly Example[])[] {
  return [...byText.values()].filter(({ length }) => length > 1);
}

function countDuplicates(byText: ByText): number {
  return several(byText).reduce((sum, examples) => sum + examples.length - intentsOf(examples).size, 0);
}

function conflictsIn(byText: ByText): Conflict[] {
  return several(byText)
    .filter((examples) => intentsOf(examples).size > 1)
    .map((examples) => ({
      text: examples[0]?.text ?? '',
      places: examples.map(({ line, intent }) => ({ line, intent })),
    }));
}
