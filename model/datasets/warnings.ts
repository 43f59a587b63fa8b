import { listed, mostListed } from '../../common/listed.ts';
import { predictLimits } from '../../common/predict-limits.ts';
import type { Example } from './example.ts';
import { type DataReport, fewExamples } from './report.ts';

/** Returns what may be wrong with labelled texts, a sentence each, with the lines of the file. */
export function describeWarnings(report: DataReport): string[] {
  const { path, duplicates, conflicts, thin, single, tooLong, repeated, nearDuplicates } = report;
  const warnings: [isThere: boolean, warning: () => string][] = [
    [duplicates > 0, () => `${counted(duplicates, 'text')} under the same intent as before, again`],
    [conflicts.length > mostListed, () => `${conflicts.length - mostListed} more texts have two intents`],
    [
      single.length > 0,
      () =>
        `intents with one text, which nothing measures: ${listed(single.map((one) => `${one.intent} (${lineOf(one)})`))}`,
    ],
    [thin.length > 0, () => `intents with fewer than ${fewExamples} texts: ${listed(thin)}`],
    [
      tooLong.length > 0,
      () =>
        `${counted(tooLong.length, 'text')} longer than the ${predictLimits.textCharacters} characters that the service takes: ${listed(tooLong.map(lineOf))}`,
    ],
    [
      repeated.length > 0,
      () =>
        `${counted(repeated.length, 'test text')} learned, too, and measured for nothing: ${listed(repeated.map(({ test, train }) => `test ${lineOf(test)} is ${lineOf(train)}`))}`,
    ],
    [
      nearDuplicates.length > 0,
      () =>
        `${counted(nearDuplicates.length, 'test text')} nearly equal to training texts: ${listed(nearDuplicates.slice(0, 3).map(({ test, train }) => `test ${lineOf(test)} is like ${lineOf(train)}`))}`,
    ],
  ];
  return [
    ...conflicts
      .slice(0, mostListed)
      .map(({ text, places }) => `${path}: ${JSON.stringify(text)} is ${placesOf(places)}`),
    ...warnings.filter(([isThere]) => isThere).map(([, warning]) => warning()),
  ];
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} is` : `${count} ${noun}s are`;
}

function lineOf({ line }: Pick<Example, 'line'>): string {
  return `line ${line}`;
}

function placesOf(places: DataReport['conflicts'][number]['places']): string {
  return places.map(({ line, intent }) => `${intent} on line ${line}`).join(', ');
}
