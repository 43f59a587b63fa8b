import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../common/parse-json.ts';
import { unlessMissing } from '../../common/unless-missing.ts';
import { writeFileWhole } from '../../common/write-file.ts';

const cursorFile = 'mlflow.json';

/** How far a run is sent to an MLflow server. */
const cursor = z.object({
  server: z.string(),
  /** The id of the run in MLflow. */
  run: z.string(),
  /** The lines of its file that were sent, and that MLflow has. */
  lines: z.int().min(0),
});

export type Cursor = z.output<typeof cursor>;

/** Reads how far a run is sent to a server; undefined where nothing is known, since sending again from the start changes nothing. */
export async function readCursor(folder: string, server: string): Promise<Cursor | undefined> {
  const content = await readFile(join(folder, cursorFile), 'utf8').catch(unlessMissing);
  const { data } = cursor.safeParse(parseJson(content ?? ''));
  return data?.server === server ? data : undefined;
}

export async function writeCursor(folder: string, { server, run, lines }: Cursor): Promise<void> {
  await writeFileWhole(join(folder, cursorFile), `${JSON.stringify({ server, run, lines })}\n`);
}
