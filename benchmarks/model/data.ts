import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../common/checksum.ts';
import { DataError, type Dataset } from '../../model/datasets/example.ts';
import type { DatasetSplits } from '../../model/datasets/load.ts';
import { readDataset } from '../../model/datasets/read.ts';

/** CLINC150's label of out-of-scope texts. */
export const outOfScopeLabel = 'oos';

const clincSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/** Returns parts of CLINC150 by name, such as `train` or `oos_val`, joined. */
export type Clinc = (...parts: string[]) => Dataset;

/** Reads CLINC150. */
export async function readClinc(folder: string): Promise<Clinc> {
  const path = join(folder, 'clinc150', 'data_full.json');
  const content = await readFile(path, 'utf8').catch((cause) => {
    throw new DataError(`${path}: cannot be read; name the folder that holds clinc150 and banking77`, { cause });
  });
  const data = clincSchema.parse(JSON.parse(content));
  return (...parts) => {
    const rows = parts.flatMap((part) => data[part] ?? []);
    return {
      path: `${path} (${parts.join(' and ')})`,
      sha256: sha256(JSON.stringify(rows)),
      examples: rows.map(([text, intent], index) => ({ text, intent, line: index + 1 })),
    };
  };
}

/** Reads BANKING77. */
export async function readBanking(folder: string): Promise<DatasetSplits> {
  const columns = { text: 'text', intent: 'category' };
  const part = (name: string): Promise<Dataset> => readDataset(join(folder, 'banking77', `${name}.csv`), columns);
  return { train: await part('train'), test: await part('test') };
}
