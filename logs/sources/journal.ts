import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Chunk } from '../line.ts';
import { CompleteLines } from './complete-lines.ts';
import { entryFields, parseEntry } from './journal-entry.ts';

/**
 * Follows the journal from a position, or from its beginning. A reader that does not read stops journalctl, so that the
 * journal is the only buffer. Ends when `signal` is aborted; that journalctl ends is an error.
 */
export async function* followJournal(position: string | undefined, signal: AbortSignal): AsyncGenerator<Chunk> {
  const journalctl = spawn('journalctl', journalParameters(position), { stdio: ['ignore', 'pipe', 'inherit'], signal });
  const ended = once(journalctl, 'close').catch((error: Error) => [error.message]);
  const lines = new CompleteLines();
  for await (const bytes of journalctl.stdout) {
    const entries = lines.add(bytes).map(parseEntry);
    const last = entries.at(-1);
    if (last) yield { lines: entries.flatMap(({ line }) => line ?? []), position: last.position };
  }
  const [reason] = await ended;
  if (!signal.aborted) throw new Error(`journalctl ended with ${reason}`);
}

/** Returns the parameters of journalctl. */
export function journalParameters(position: string | undefined): string[] {
  return [
    ...['--follow', '--no-tail', '--quiet', '--output=json', `--output-fields=${entryFields.join(',')}`],
    // Without it, to follow means this boot alone, but lines of the one before may not be stored yet.
    '--merge',
    // Without it, a message of more than 4096 bytes is null.
    '--all',
    ...(position === undefined ? [] : [`--after-cursor=${position}`]),
  ];
}
