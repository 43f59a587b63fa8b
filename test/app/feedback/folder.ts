import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { type FeedbackRecord, feedbackRecord } from '../../../common/feedback/record.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The key of predictions in tests, and the release that has made them. */
export const key = Buffer.alloc(32, 7);
export const release = '0123456789abcdef';

/** The environment of a service that takes feedback, and a function that reads what waits to be stored. */
export async function feedbackFolder(t: ExecutionContext) {
  const root = await temporaryFolder(t);
  const folder = join(root, 'spool');
  await mkdir(folder);
  await writeFile(join(root, 'key'), `${key.toString('hex')}\n`);
  const kept = async (): Promise<FeedbackRecord[]> => {
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.map((text) => feedbackRecord.parse(JSON.parse(text)));
  };
  return { environment: { PREDICTION_KEY: join(root, 'key'), FEEDBACK_FOLDER: folder, RELEASE: release }, kept };
}
