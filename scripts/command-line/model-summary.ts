import colors from 'picocolors';
import { listed, mostListed } from '../../common/listed.ts';
import { formatPercent } from '../../common/percent.ts';
import { terminalTable } from '../../common/tables.ts';
import type { Manifest, Metrics } from '../../model/artifact/manifest.ts';
import type { DataReport } from '../../model/datasets/report.ts';
import { describeWarnings } from '../../model/datasets/warnings.ts';

/** Formats the data report: a few lines of figures, then the warnings with their places. */
export function dataSummary(report: DataReport): string {
  const { path, rows, testRows, labels, lengths, foundOut } = report;
  const intents = labels.map(({ intent, examples }) => `${intent} ${examples}`);
  return [
    ...(foundOut === undefined ? [] : [`${path}: read as ${foundOut}`]),
    `${path}: ${counted(rows, 'text')} to learn from, ${testRows} to measure with, ${counted(labels.length, 'label')}: ${listed(intents)}`,
    `lengths: ${lengths.shortest} to ${lengths.longest} characters, median ${lengths.median}`,
    ...describeWarnings(report).map((warning) => colors.yellow(`! ${warning}`)),
  ].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
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
  const rows = worst.slice(0, mostListed).map(([intent, { precision, recall, f1, examples }]) => [
    intent,
    // Without a text, nothing was measured.
    ...[precision, recall, f1].map((share) => (examples === 0 ? '–' : formatPercent(share))),
    String(examples),
  ]);
  return terminalTable([title, 'Precision', 'Recall', 'F1', 'Texts'], rows);
}
