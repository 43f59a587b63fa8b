import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { UserError } from '../../common/errors.ts';
import { PredictionIds } from '../../common/feedback/prediction-id.ts';
import type { ServiceSettings } from '../settings.ts';
import { Spool } from './spool.ts';

/** What identifies predictions and keeps feedback on them. */
export interface Feedback {
  /** Makes the id of a prediction of this release. */
  identify: (intent: string) => string;
  ids: PredictionIds;
  spool: Spool;
  keepsTexts: boolean;
  /** How long after a prediction feedback on it counts. */
  days: number;
}

/** Opens the key and the folder of the feedback; throws where they cannot be used. */
export async function openFeedback({
  key: path,
  folder,
  release,
  keepsTexts,
  days,
}: NonNullable<ServiceSettings['feedback']>): Promise<Feedback> {
  const ids = new PredictionIds(await readKey(path));
  await access(folder, constants.W_OK | constants.X_OK).catch((error: Error) => {
    throw new UserError(`FEEDBACK_FOLDER: expected a folder that can be written to at ${folder}, got ${error.message}`);
  });
  return { identify: (intent) => ids.sign(release, intent), ids, spool: new Spool(folder), keepsTexts, days };
}

async function readKey(path: string): Promise<Buffer> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UserError(`PREDICTION_KEY: expected a readable file at ${path}, got ${error.message}`);
  });
  if (/^[0-9a-f]{64}\n?$/.test(text)) return Buffer.from(text.trim(), 'hex');
  throw new UserError(`${path}: expected a key of 64 hexadecimal digits, got something else`);
}
