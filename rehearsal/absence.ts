import { readFile } from 'node:fs/promises';
import { lastLines } from '../common/last-lines.ts';
import { logOf, type Place } from './place.ts';
import { isRegistered, registered } from './registration.ts';

/** Says why there is no client of a place's cloud, and the sentence `remedy`. */
export async function describeAbsence(place: Place, remedy: string): Promise<string> {
  if (await registered(place)) return `The rehearsal does not answer. ${remedy}`;
  if (!isRegistered(place)) return `The rehearsal is not running. ${remedy}`;
  const log = await readFile(logOf(place), 'utf8').catch(() => '');
  return `The rehearsal has ended by itself. ${remedy}\nThe end of its log, ${logOf(place)}:\n${lastLines(log, 3)}`;
}
