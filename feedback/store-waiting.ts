import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bucket } from '../common/aws/bucket.ts';
import { feedbackKey, feedbackRecord } from '../common/feedback/record.ts';
import { parseJson } from '../common/parse-json.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import type { FeedbackCounts } from './counts.ts';

/** A draft is written within milliseconds. */
const draftMilliseconds = 60_000;

export interface StoreProps {
  /** The folder in which feedback waits. */
  folder: string;
  bucket: Pick<Bucket, 'create'>;
  counts: Pick<FeedbackCounts, 'add'>;
  /** Receives what people must know. */
  report: (sentence: string) => void;
}

/**
 * Stores all feedback that waits. The bucket takes one object for each prediction, whichever machine sends it: feedback that is sent
 * again, there or here, is neither stored nor counted.
 */
export async function storeWaiting({ folder, bucket, counts, report }: StoreProps): Promise<void> {
  const names = await readdir(folder);
  await removeOldDrafts(
    folder,
    names.filter((name) => name.startsWith('.')),
  );
  for (const name of names.filter((name) => name.endsWith('.json'))) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    const { data: record } = feedbackRecord.safeParse(parseJson(text));
    if (record) {
      const outcome = await bucket.create(feedbackKey(record), text);
      if (outcome === 'made') counts.add(record);
    } else report(`${path}: expected a feedback, got something else; it is removed`);
    await rm(path);
  }
}

/** A worker that was killed leaves its draft, which may hold a text. By its age, because this unit does not see the workers' processes. */
async function removeOldDrafts(folder: string, drafts: readonly string[]): Promise<void> {
  for (const name of drafts) {
    const path = join(folder, name);
    const written = await stat(path).catch(unlessMissing);
    if (written && Date.now() - written.mtimeMs > draftMilliseconds) await rm(path, { force: true });
  }
}
