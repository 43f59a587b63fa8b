import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { labelledCsv, labelledRow } from '../../common/labelled-csv.ts';
import { checkoutFolder } from '../../common/paths.ts';
import type { Manifest } from '../../model/artifact/manifest.ts';
import type { Example } from '../../model/datasets/example.ts';
import { measureRun } from '../measure-run.ts';
import { atMost, type Result } from '../result-table.ts';
import { readClinc } from './data.ts';
import { manyTexts } from './many-texts.ts';

// For a million texts of 150 intents on two processors; fewer must not take longer.
const targets = { seconds: 360, megabytes: 4000, silentSeconds: 10 };

export interface LargeTrainingProps {
  /** The folder that holds CLINC150. */
  data: string;
  /** A folder for files. */
  folder: string;
  /** How many texts to learn from, a training each. */
  counts: readonly number[];
  report: (line: string) => void;
}

/** Measures `make train` on many texts, which are made from CLINC150's, by CLINC150's own test texts. */
export async function benchLargeTraining({ data, folder, counts, report }: LargeTrainingProps): Promise<Result[]> {
  const clinc = await readClinc(data);
  const [train, test, artifact] = [join(folder, 'train.csv'), join(folder, 'test.csv'), join(folder, 'artifact')];
  await writeFile(test, labelledCsv(clinc('test').examples));
  const results: Result[] = [];
  for (const count of counts) {
    report(`${count} texts`);
    await writeMany(train, clinc('train').examples, count);
    const script = join(checkoutFolder, 'scripts/train.ts');
    const cost = await measureRun(script, ['--data', train, '--test', test, '--output', artifact]);
    const { metrics } = JSON.parse(await readFile(join(artifact, 'manifest.json'), 'utf8')) as Manifest;
    const what = `${count.toLocaleString('en-US')} texts`;
    results.push(
      atMost(`${what}, from CSV to artifact`, cost.seconds, targets.seconds, ' s', 0),
      { what: `${what}: the same in CPU time`, measured: `${cost.cpuSeconds.toFixed(0)} s` },
      atMost(`${what}: resident memory, at most`, cost.megabytes, targets.megabytes, ' MB', 0),
      atMost(`${what}: longest time without a line of progress`, cost.silentSeconds, targets.silentSeconds, ' s', 1),
      { what: `${what}: accuracy on CLINC150's test texts`, measured: (100 * metrics.accuracy).toFixed(2) },
    );
  }
  return results;
}

async function writeMany(path: string, few: readonly Example[], count: number): Promise<void> {
  const seed = 1;
  await pipeline(Readable.from(rowsOf(manyTexts(few, count, seed))), createWriteStream(path));
}

function* rowsOf(texts: Iterable<Pick<Example, 'text' | 'intent'>>): Generator<string> {
  yield 'text,intent\n';
  for (const text of texts) yield labelledRow(text);
}
