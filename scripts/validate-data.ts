import { join } from 'node:path';
import { spreadsheetField } from '../common/csv-field.ts';
import { terminalTable } from '../common/tables.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { type Finding, faults, findingsIn, type Kind, kinds } from '../model/datasets/findings.ts';
import { languagesOf } from '../model/datasets/languages.ts';
import { type DatasetSplits, loadDatasets } from '../model/datasets/load.ts';
import { reportOn } from '../model/datasets/report.ts';
import type { ModelSettings } from '../model/settings.ts';
import { type SuspiciousLabel, suspiciousLabels } from '../model/training/suspicious-labels.ts';
import { run } from './command-line/command.ts';
import { dataCommand, settingsFrom } from './command-line/model-options.ts';
import { dataSummary } from './command-line/model-summary.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';

/** The exit code where a row should not be trained with. */
const faulty = 2;

const labelsShown = 10;

interface Context {
  suspicious: SuspiciousLabel[];
}

async function validate(settings: ModelSettings, output: string): Promise<void> {
  const splits = wholeFile(await loadDatasets(settings));
  const { train: all, test } = splits;
  const report = await reportOn(splits);
  console.log(dataSummary(report));
  const { suspicious } = await steps<Context>([
    {
      title: 'Look for labels that the other texts contradict',
      task: async (context, task) => {
        context.suspicious = await suspiciousLabels(all, settings, trainingProgress(reporter(task)));
      },
    },
  ]).run({} as Context);
  const findings = findingsIn({ report, test: test.path, suspicious, languages: languagesOf(all.examples) });
  if (suspicious.length > 0) console.log(labelsTable(suspicious));
  console.log(summary(findings));
  if (findings.length > 0) {
    const file = join(output, 'findings.csv');
    await writeFileWhole(file, csvOf(findings));
    console.log(`Each row: ${file}`);
  }
  if (findings.some(({ kind }) => faults.has(kind))) process.exitCode = faulty;
}

/** Texts that training holds out are a part of the same file, and looked at as such. */
function wholeFile({ train, test }: DatasetSplits): Pick<DatasetSplits, 'train' | 'test'> {
  if (test.path !== train.path) return { train, test };
  const examples = [...train.examples, ...test.examples].sort((one, other) => one.line - other.line);
  return { train: { ...train, examples }, test: { ...test, examples: [] } };
}

function labelsTable(suspicious: readonly SuspiciousLabel[]): string {
  const rows = suspicious
    .slice(0, labelsShown)
    .map(({ example, likely, confidence }) => [
      ...[String(example.line), shown(example.text), example.intent, likely],
      confidence.toFixed(3),
    ]);
  return terminalTable(['line', 'text', 'label', 'rather', 'confidence'], rows);
}

function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing is wrong with these texts that a program can see.';
  const byKind = Map.groupBy(findings, ({ kind }) => kind);
  const rows = [...byKind].map(([kind, { length }]) => [
    ...[String(length), kinds[kind as Kind]],
    faults.has(kind) ? 'to be mended' : 'to be looked at',
  ]);
  return terminalTable(['rows', 'finding', ''], rows);
}

function csvOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ kind, file, line, intent, text, detail }) =>
    [kind, file, String(line), intent, text, detail].map(spreadsheetField).join(','),
  );
  return `${['finding,file,line,intent,text,detail', ...rows].join('\n')}\n`;
}

const program = dataCommand(
  'validate-data',
  `Looks for what may be wrong with labelled texts before they are learned, and writes each row to a file. Exit code ${faulty}: some must be mended.`,
)
  .option('--output <folder>', 'where the file with the rows goes', 'build/data')
  .action(async ({ output, ...options }) => validate(await settingsFrom(options), output));

await run(program);
