import { francAll } from 'franc-min';
import type { Example } from './example.ts';

/** The texts of a language other than that of most texts. */
export interface OtherLanguage {
  /** Its code of ISO 639-3, such as `deu`. */
  readonly language: string;
  readonly examples: readonly Example[];
}

export interface Languages {
  /** The language of most texts; undefined where too few are long enough to tell. */
  readonly main: string | undefined;
  readonly others: readonly OtherLanguage[];
}

// Trigrams tell the language of a shorter text by chance.
const surely = { letters: 40, texts: 20 };

// Between the few languages that the long texts have, shorter texts suffice.
const probably = { letters: 20 };

// The score of the next language beside that of the likeliest, which is 1; languages that are alike are confused above it.
const mostDoubt = 0.85;

// Of single texts, some are always taken for another language.
const leastShare = 0.05;

// Those of most customers' messages; a language that is close to one of them, such as Scots, is not among them.
const known = [
  ...['eng', 'deu', 'fra', 'spa', 'por', 'ita', 'nld', 'pol', 'ces', 'ron', 'hun', 'swe', 'tur', 'vie', 'ind'],
  ...['rus', 'ukr', 'bul', 'ell', 'arb', 'hin', 'cmn', 'jpn', 'kor'],
];

/** Finds the languages of texts, where they are more than one. */
export function languagesOf(examples: readonly Example[]): Languages {
  const long = examples.filter(({ text }) => letters(text) >= surely.letters);
  const counts = countLanguages(long, known);
  const found = [...counts]
    .filter(([, { length }]) => length >= leastShare * long.length)
    .map(([language]) => language);
  if (long.length < surely.texts || found.length === 0) return { main: undefined, others: [] };
  const all = examples.filter(({ text }) => letters(text) >= probably.letters);
  const [main, ...others] = [...countLanguages(all, found)].sort(([, one], [, other]) => other.length - one.length);
  return { main: main?.[0], others: others.map(([language, members]) => ({ language, examples: members })) };
}

function countLanguages(examples: readonly Example[], only: string[]): Map<string, Example[]> {
  const byLanguage = Map.groupBy(examples, ({ text }) => languageOf(text, only) ?? '');
  byLanguage.delete('');
  return byLanguage;
}

function languageOf(text: string, only: string[]): string | undefined {
  const [likeliest, next] = francAll(text, { only });
  return likeliest?.[0] === 'und' || (next?.[1] ?? 0) > mostDoubt ? undefined : likeliest?.[0];
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}
