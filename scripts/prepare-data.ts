import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { labelledCsv } from '../common/labelled-csv.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { ModelSettings } from '../model/settings.ts';
import { run } from './command-line/command.ts';
import { dataCommand, settingsFrom } from './command-line/model-options.ts';
import { dataSummary } from './command-line/model-summary.ts';
import { readTexts } from './steps/read-texts.ts';

async function prepare(settings: ModelSettings, folder: string): Promise<void> {
  const { splits, report } = await readTexts(settings);
  console.log(dataSummary(report));
  const { train, test, golden } = splits;
  for (const [name, dataset] of Object.entries({ train, test, golden })) {
    const path = join(folder, `${name}.csv`);
    if (dataset) await writeFileWhole(path, labelledCsv(dataset.examples));
    else await rm(path, { force: true });
  }
}

const program = dataCommand(
  'prepare-data',
  'Writes labelled texts, whatever form they are in, as train.csv and test.csv in UTF-8 with the columns text and intent, and golden.csv where there are golden texts.',
)
  .option('--output <folder>', 'where the files go', 'build/pipeline/data')
  .action(async ({ output, ...options }) => prepare(await settingsFrom(options), output));

await run(program);
