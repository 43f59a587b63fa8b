import { predictLimits } from '../../common/predict-limits.ts';
import type { Example } from './example.ts';
import type { Languages } from './languages.ts';
import type { DataReport } from './report.ts';

/** What a row of labelled texts may have; those of `faults` should not be trained with. */
export const kinds = {
  conflict: 'the same text has another intent, too',
  leak: 'a test text is learned, too',
  single: 'the only text of its intent',
  long: `longer than the ${predictLimits.textCharacters} characters that the service takes`,
  label: 'models of the other texts find another intent',
  near: 'a test text is nearly equal to a text that is learned',
  language: 'in another language than most texts',
} as const;

export type Kind = keyof typeof kinds;

export const faults: ReadonlySet<Kind> = new Set(['conflict', 'leak', 'single', 'long'] as const);

/** One row of a file, and what may be wrong with it. */
export interface Finding {
  readonly kind: Kind;
  readonly file: string;
  readonly line: number;
  readonly intent: string;
  readonly text: string;
  /** What it is about, such as the other row. */
  readonly detail: string;
}

/** A text whose label may be wrong, as cross-validation finds it. */
interface Suspicious {
  readonly example: Example;
  readonly likely: string;
  readonly confidence: number;
}

export interface FindingsProps {
  report: DataReport;
  /** The file of the test texts. */
  test: string;
  suspicious: readonly Suspicious[];
  languages: Languages;
}

/** Lists what may be wrong with labelled texts, a row each, the faults first. */
export function findingsIn({ report, test, suspicious, languages }: FindingsProps): Finding[] {
  const { path: file, conflicts, repeated, single, tooLong, nearDuplicates } = report;
  const of = (kind: Kind, { line, intent, text }: Example, detail = '', path = file): Finding => ({
    ...{ kind, file: path, line, intent, text, detail },
  });
  return [
    ...conflicts.flatMap(({ text, places }) =>
      places.map(({ line, intent }) => {
        const others = places.filter((place) => place.intent !== intent);
        return of(
          'conflict',
          { text, line, intent },
          others.map((place) => `${place.intent} on line ${place.line}`).join(', '),
        );
      }),
    ),
    ...repeated.map((one) => of('leak', one.test, `line ${one.train.line} of ${file}`, test)),
    ...single.map((example) => of('single', example)),
    ...tooLong.map((example) => of('long', example, `${[...example.text].length} characters`)),
    ...suspicious.map(({ example, likely, confidence }) => of('label', example, `${likely} ${confidence.toFixed(3)}`)),
    ...nearDuplicates.map((one) => of('near', one.test, `line ${one.train.line} of ${file}: ${one.train.text}`, test)),
    ...languages.others.flatMap(({ language, examples }) =>
      examples.map((example) => of('language', example, language)),
    ),
  ];
}
