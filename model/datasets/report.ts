import type { Sources } from '../sources.ts';
import type { Example } from './example.ts';
import { type NearDuplicate, nearDuplicates } from './near-duplicates.ts';

/** Fewer examples than this rarely teach an intent. */
const FEW_EXAMPLES = 20;

/** The same text under more than one intent. */
interface Conflict {
  readonly text: string;
  readonly places: readonly Pick<Example, 'line' | 'intent'>[];
}

/** What the training texts are like, and what may be wrong with them. */
export interface DataReport {
  readonly path: string;
  readonly rows: number;
  readonly testRows: number;
  /** Examples of each intent, most first. */
  readonly labels: readonly { readonly intent: string; readonly examples: number }[];
  /** In characters. */
  readonly lengths: { readonly shortest: number; readonly median: number; readonly longest: number };
  /** Texts that come again under the same intent. */
  readonly duplicates: number;
  readonly conflicts: readonly Conflict[];
  /** Intents with few examples. */
  readonly thin: readonly string[];
  readonly nearDuplicates: readonly NearDuplicate[];
}

/** Looks the data over before anything is learned from it. */
export function reportOn({ train, test }: Pick<Sources, 'train' | 'test'>): DataReport {
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
    thin: labels.filter(({ examples }) => examples < FEW_EXAMPLES).map(({ intent }) => intent),
    nearDuplicates: nearDuplicates(train.examples, test.examples),
  };
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

const countLabels = (examples: readonly Example[]): { intent: string; examples: number }[] =>
  [...Map.groupBy(examples, ({ intent }) => intent)]
    .map(([intent, members]) => ({ intent, examples: members.length }))
    .sort((left, right) => right.examples - left.examples || (left.intent < right.intent ? -1 : 1));

function lengthsOf(examples: readonly Example[]): DataReport['lengths'] {
  const lengths = examples.map(({ text }) => text.length).sort((left, right) => left - right);
  const at = (share: number): number => lengths[Math.floor(share * (lengths.length - 1))] ?? 0;
  return { shortest: at(0), median: at(0.5), longest: at(1) };
}

type ByText = ReadonlyMap<string, readonly Example[]>;

const intentsOf = (examples: readonly Example[]): Set<string> => new Set(examples.map(({ intent }) => intent));

const countDuplicates = (byText: ByText): number =>
  [...byText.values()].reduce((sum, examples) => sum + examples.length - intentsOf(examples).size, 0);

const conflictsIn = (byText: ByText): Conflict[] =>
  [...byText.values()]
    .filter((examples) => intentsOf(examples).size > 1)
    .map((examples) => ({
      text: examples[0]?.text ?? '',
      places: examples.map(({ line, intent }) => ({ line, intent })),
    }));
