import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from '../../model/artifact/open.ts';
import { modelSettings } from '../../model/settings.ts';
import { loadDatasets } from '../../model/datasets/load.ts';
import { trainArtifact } from '../../model/training/train-artifact.ts';

/** A model to serve, and held-out texts of its own kind to ask it. */
export interface BenchModel {
  folder: string;
  intents: number;
  texts: string[];
}

/** The project's own four intents. */
export async function smallModel(folder: string): Promise<BenchModel> {
  const settings = modelSettings.parse({});
  await trainArtifact(settings, folder);
  const { test } = await loadDatasets(settings);
  return describe(
    folder,
    test.examples.map(({ text }) => text),
  );
}

type Rows = [text: string, intent: string][];

/** CLINC150's 150 intents, from its `data_full.json`; trained once and kept. */
export async function largeModel(dataFile: string, folder: string): Promise<BenchModel> {
  const { train, test } = JSON.parse(await readFile(dataFile, 'utf8')) as { train: Rows; test: Rows };
  const artifact = join(folder, 'artifact');
  if (!existsSync(artifact)) {
    const paths = { data: join(folder, 'train.jsonl'), test: join(folder, 'test.jsonl') };
    await mkdir(folder, { recursive: true });
    await writeFile(paths.data, jsonLines(train));
    await writeFile(paths.test, jsonLines(test));
    await trainArtifact(modelSettings.parse(paths), artifact);
  }
  return describe(
    artifact,
    test.map(([text]) => text),
  );
}

function jsonLines(rows: Rows): string {
  return rows.map(([text, intent]) => `${JSON.stringify({ text, intent })}\n`).join('');
}

async function describe(folder: string, texts: string[]): Promise<BenchModel> {
  const { labels } = await readManifest(folder);
  return { folder, intents: labels.length, texts };
}
