import { open, readFile, truncate } from 'node:fs/promises';
import { UserError } from '../common/errors.ts';
import { parseJson } from '../common/parse-json.ts';
import { parseChecked } from '../common/validation.ts';
import { type RunEvent, type RunStart, runEvent } from './run-event.ts';

/** The events of a run. The first one is its start. */
export type RunEvents = readonly [RunStart, ...RunEvent[]];

/**
 * Reads the file of a run. A last line without an end was being written when its program was killed, and does not count; undefined
 * without a whole line.
 */
export async function readRun(path: string): Promise<RunEvents | undefined> {
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  if (lines.length === 0) return undefined;
  const [start, ...others] = lines.map((line, at) =>
    parseChecked(runEvent, parseJson(line), `${path}:${at + 1}: not an event of a run:`),
  );
  if (start?.event !== 'started') throw new UserError(`${path}: expected the start of a run in its first line`);
  return [start, ...others];
}

/** Appends an event as a whole line, on disk when it returns. */
export async function appendEvent(path: string, event: RunEvent): Promise<void> {
  const file = await open(path, 'a');
  try {
    await file.appendFile(`${JSON.stringify(event)}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Removes a last line without an end, so that the next one is a line of its own. */
export async function removeTornLine(path: string): Promise<void> {
  const content = await readFile(path);
  const length = content.lastIndexOf('\n') + 1;
  if (length < content.length) await truncate(path, length);
}
