import colors from 'picocolors';
import { formatPercent } from '../../common/percent.ts';
import { terminalTable } from '../../common/tables.ts';
import type { Manifest, Metrics } from '../../model/artifact/manifest.ts';
import type { DataReport } from '../../model/datasets/report.ts';

const mostListed = 12;

function listed(items: readonly string[]): string {
  const others = items.length - mostListed;
  return others <= 0 ? items.join(', ') : `${items.slice(0, mostListed).join(', ')} and ${others} more`;
}

/** Formats the data report: a few lines of figures, then the warnings with their places. */
export function dataSummary(report: DataReport): string {
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
    ...conflicts
      .slice(0, mostListed)
      .map(({ text, places }) => `${path}: ${JSON.stringify(text)} is ${listPlaces(places)}`),
    ...(conflicts.length > mostListed ? [`${conflicts.length - mostListed} more texts have two intents`] : []),
    ...(thin.length > 0 ? [`intents with few examples: ${listed(thin)}`] : []),
    ...(nearly.length > 0
      ? [`${nearly.length} test texts nearly equal training texts: ${listed(nearly.slice(0, 3))}`]
      : []),
  ];
}

function listPlaces(places: DataReport['conflicts'][number]['places']): string {
  return places.map(({ line, intent }) => `${intent} on line ${line}`).join(', ');
}

/** Formats the figures of a model, and of the intents with the lowest F1. */
export function modelSummary({ metrics, threshold, golden, version }: Manifest): string {
  const [low, high] = metrics.accuracyInterval.map(formatPercent);
  const accuracy = `accuracy ${colors.bold(formatPercent(metrics.accuracy))} on ${metrics.examples} held-out texts`;
  const answered = `${formatPercent(metrics.coverage)} answered, ${formatPercent(metrics.answeredRight)} answered right`;
  const outOfScope = metrics.outOfScopeRecall;
  const right = `, golden texts ${golden.texts - golden.failures.length} of ${golden.texts} right`;
  return [
    `model ${colors.bold(version)}: ${accuracy} (95 % interval ${low} to ${high})`,
    `unknown below ${threshold.value.toFixed(3)}: ${answered}` +
      (outOfScope === null ? '' : `, ${formatPercent(outOfScope)} of out-of-scope texts found`),
    `calibration error ${metrics.calibrationError.toFixed(3)}${golden.texts > 0 ? right : ''}`,
    intentTable(metrics),
  ].join('\n');
}

function intentTable({ intents }: Metrics): string {
  const worst = Object.entries(intents).sort(([, left], [, right]) => left.f1 - right.f1);
  const title = worst.length > mostListed ? `The ${mostListed} worst intents` : 'Intent';
  const rows = worst
    .slice(0, mostListed)
    .map(([intent, { precision, recall, f1, examples }]) => [
      intent,
      ...[precision, recall, f1].map(formatPercent),
      String(examples),
    ]);
  return terminalTable([title, 'Precision', 'Recall', 'F1', 'Texts'], rows);
}
