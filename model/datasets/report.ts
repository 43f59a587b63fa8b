import { median } from '../../common/median.ts';
import type { Example } from './example.ts';
import type { DatasetSplits } from './load.ts';
import { type NearDuplicate, nearDuplicates } from './near-duplicates.ts';

// Fewer examples than this rarely teach an intent.
const fewExamples = 20;

/** The same text under more than one intent. */
interface Conflict {
  readonly text: string;
  readonly places: readonly Pick<Example, 'line' | 'intent'>[];
}

/** Figures of the training texts, and what may be wrong with them. */
export interface DataReport {
  readonly path: string;
  readonly rows: number;
  readonly testRows: number;
  /** Examples of each intent, most first. */
  readonly labels: readonly { readonly intent: string; readonly examples: number }[];
  /** In characters. */
  readonly lengths: { readonly shortest: number; readonly median: number; readonly longest: number };
  /** Texts that repeat another one of the same intent. */
  readonly duplicates: number;
  readonly conflicts: readonly Conflict[];
  /** Intents with few examples. */
  readonly thin: readonly string[];
  readonly nearDuplicates: readonly NearDuplicate[];
}

/** Examines labelled texts before training. */
export function reportOn({ train, test }: Pick<DatasetSplits, 'train' | 'test'>): DataReport {
  const labels = countLabels(train.examples);
  const byText = Map.groupBy(train.examples, ({ text }) => plain(text));
  return {
    path: train.path,
    rows: train.examples.length,
    testRows: test.examples.length,
    labels,
    lengths: lengthsOf(train.examples),
    duplicates: countDuplicates(byText),
    conflicts: conflictsIn(byText),
    thin: labels.filter(({ examples }) => examples < fewExamples).map(({ intent }) => intent),
    nearDuplicates: nearDuplicates(train.examples, test.examples),
  };
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
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

function countDuplicates(byText: ByText): number {
  return [...byText.values()].reduce((sum, examples) => sum + examples.length - intentsOf(examples).size, 0);
}

function conflictsIn(byText: ByText): Conflict[] {
  return [...byText.values()]
    .filter((examples) => intentsOf(examples).size > 1)
    .map((examples) => ({
      text: examples[0]?.text ?? '',
      places: examples.map(({ line, intent }) => ({ line, intent })),
    }));
}
