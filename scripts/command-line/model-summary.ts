import Table from 'cli-table3';
import colors from 'picocolors';
import type { Manifest, Metrics } from '../../model/artifact/manifest.ts';
import type { DataReport } from '../../model/datasets/report.ts';

const MOST = 12;

const plainTable = (head: string[]): Table.Table => new Table({ head, style: { head: [], border: [] } });

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const listed = (items: readonly string[]): string =>
  items.length <= MOST ? items.join(', ') : `${items.slice(0, MOST).join(', ')} and ${items.length - MOST} more`;

/** The data report: a few lines of figures, then what may be wrong, each with where it is. */
export function describeData(report: DataReport): string {
  const { path, rows, testRows, labels, lengths } = report;
  const intents = labels.map(({ intent, examples }) => `${intent} ${examples}`);
  return [
    `${path}: ${rows} texts to learn from, ${testRows} to measure with, ${labels.length} labels: ${listed(intents)}`,
    `lengths: ${lengths.shortest} to ${lengths.longest} characters, median ${lengths.median}`,
    ...warnings(report).map((warning) => colors.yellow(`! ${warning}`)),
  ].join('\n');
}

function warnings({ path, duplicates, conflicts, thin, nearDuplicates }: DataReport): string[] {
  const nearly = nearDuplicates.map(({ test, train }) => `test line ${test.line} is like line ${train.line}`);
  return [
    ...(duplicates > 0 ? [`${duplicates} texts come more than once under the same intent`] : []),
    ...conflicts.slice(0, MOST).map(({ text, places }) => `${path}: ${JSON.stringify(text)} is ${placesOf(places)}`),
    ...(conflicts.length > MOST ? [`${conflicts.length - MOST} more texts have two intents`] : []),
    ...(thin.length > 0 ? [`intents with few examples: ${listed(thin)}`] : []),
    ...(nearly.length > 0
      ? [`${nearly.length} test texts nearly equal training texts: ${listed(nearly.slice(0, 3))}`]
      : []),
  ];
}

const placesOf = (places: DataReport['conflicts'][number]['places']): string =>
  places.map(({ line, intent }) => `${intent} on line ${line}`).join(', ');

/** The short of an evaluation: the figures, and the intents that do worst. */
export function describeModel({ metrics, threshold, golden, version }: Manifest): string {
  const [low, high] = metrics.accuracyInterval;
  const right = `golden texts ${golden.texts - golden.failures.length} of ${golden.texts} right`;
  return [
    `model ${colors.bold(version)}: accuracy ${colors.bold(percent(metrics.accuracy))} on ${metrics.examples} held-out texts ` +
      `(95 % interval ${percent(low)} to ${percent(high)})`,
    `unknown below ${threshold.value.toFixed(3)}: ${percent(metrics.coverage)} answered, ${percent(metrics.answeredRight)} answered right` +
      (metrics.outOfScopeRecall === null ? '' : `, ${percent(metrics.outOfScopeRecall)} of out-of-scope texts found`),
    `calibration error ${metrics.calibrationError.toFixed(3)}${golden.texts > 0 ? `, ${right}` : ''}`,
    intentTable(metrics),
  ].join('\n');
}

function intentTable({ intents }: Metrics): string {
  const worst = Object.entries(intents).sort(([, left], [, right]) => left.f1 - right.f1);
  const table = plainTable([
    worst.length > MOST ? `The ${MOST} worst intents` : 'Intent',
    'Precision',
    'Recall',
    'F1',
    'Texts',
  ]);
  for (const [intent, { precision, recall, f1, examples }] of worst.slice(0, MOST)) {
    table.push([intent, percent(precision), percent(recall), percent(f1), String(examples)]);
  }
  return table.toString();
}
