import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileWhole } from '../../common/write-file.ts';
import { openArtifact } from '../../model/artifact/open.ts';
import { loadDatasets } from '../../model/datasets/load.ts';
import { modelSettings } from '../../model/settings.ts';
import { trainArtifact } from '../../model/training/train-artifact.ts';

/** A model to serve, and held-out texts for requests. */
export interface BenchModel {
  folder: string;
  intents: number;
  texts: string[];
}

/** Trains the project's own four intents. */
export async function smallModel(folder: string): Promise<BenchModel> {
  const settings = modelSettings.parse({});
  await trainArtifact(settings, folder);
  const { test } = await loadDatasets(settings);
  const texts = test.examples.map(({ text }) => text);
  return { folder, intents: await countIntents(folder), texts };
}

type Rows = [text: string, intent: string][];

/** Trains CLINC150's 150 intents from its `data_full.json`, once. */
export async function largeModel(dataFile: string, folder: string): Promise<BenchModel> {
  const { train, test } = JSON.parse(await readFile(dataFile, 'utf8')) as { train: Rows; test: Rows };
  const artifact = join(folder, 'artifact');
  if (!existsSync(artifact)) {
    const paths = { data: join(folder, 'train.jsonl'), test: join(folder, 'test.jsonl') };
    await writeFileWhole(paths.data, jsonLines(train));
    await writeFileWhole(paths.test, jsonLines(test));
    await trainArtifact(modelSettings.parse(paths), artifact);
  }
  return { folder: artifact, intents: await countIntents(artifact), texts: test.map(([text]) => text) };
}

function jsonLines(rows: Rows): string {
  return rows.map(([text, intent]) => `${JSON.stringify({ text, intent })}\n`).join('');
}

async function countIntents(folder: string): Promise<number> {
  return (await openArtifact(folder)).manifest.labels.length;
}
