import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labelledCsv } from '../../common/labelled-csv.ts';
import { median } from '../../common/median.ts';
import type { RunCost } from '../measure-run.ts';
import { type Clinc, readClinc } from '../model/data.ts';
import { trainTo } from '../model/training.ts';
import { atMost, type Result } from '../result-table.ts';
import { measureCommand, measureReference } from './measure.ts';
import { writeTexts } from './texts.ts';

const targets = { seconds: 8, megabytes: 400 };
const runs = 5;
const referenceRuns = 3;

export interface ClassificationProps {
  /** The folder that holds CLINC150. */
  data: string;
  /** A folder for files. */
  folder: string;
  count: number;
  report: (line: string) => void;
}

/** Measures how long many texts of CLINC150's size take, from CSV to CSV; medians of several runs. */
export async function benchClassification({ data, folder, count, report }: ClassificationProps): Promise<Result[]> {
  const clinc = await readClinc(data);
  const [artifact, train, input, output] = ['artifact', 'train.csv', 'texts.csv', 'answers.csv'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  await trainTo(artifact, { train: clinc('train'), test: clinc('test') }, 'default', async () => {});
  await writeTexts(input, textsOf(clinc), count);
  await writeFile(train, labelledCsv(clinc('train').examples));
  const costs: RunCost[] = [];
  const references: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    report(`run ${run + 1} of ${runs}`);
    costs.push(await measureCommand(artifact, input, output));
    // In turn, because another process on the machine slows both down.
    const seconds =
      run < referenceRuns ? await measureReference(train, input, join(folder, 'reference.csv')) : undefined;
    if (seconds !== undefined) references.push(seconds);
  }
  return resultsOf(costs, references, count);
}

function resultsOf(costs: readonly RunCost[], references: readonly number[], count: number): Result[] {
  const what = `${count.toLocaleString('en-US')} texts from CSV to CSV`;
  const seconds = median(costs.map((cost) => cost.seconds));
  const reference = median(references);
  return [
    atMost(what, seconds, targets.seconds, ' s', 2),
    { what: 'the same in CPU time', measured: `${median(costs.map((cost) => cost.cpuSeconds)).toFixed(1)} s` },
    atMost('resident memory', Math.max(...costs.map((cost) => cost.megabytes)), targets.megabytes, ' MB', 0),
    references.length === 0
      ? { what: 'scikit-learn with the same features', measured: 'not measured: PYTHON has no scikit-learn' }
      : {
          what: 'scikit-learn with the same features',
          measured: `${reference.toFixed(2)} s, ${(reference / seconds).toFixed(1)} times as long`,
        },
  ];
}

function textsOf(clinc: Clinc): string[] {
  return clinc('train', 'val', 'test').examples.map(({ text }) => text);
}
