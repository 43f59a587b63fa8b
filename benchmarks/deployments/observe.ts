import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../faults/load.ts';
import type { Rehearsal } from '../faults/rehearsal.ts';
import { noExample } from './releases.ts';
import type { Line } from './timeline.ts';

/** A command under load, and what was seen of it. */
export interface Observation {
  exitCode: number | undefined;
  lines: Line[];
  answers: Answer[];
  /** Times of `performance`. */
  beganAt: number;
  endedAt: number;
  /** When an alarm of a track rang first; undefined where none did. */
  rangAt: number | undefined;
}

// A client sends a request in 120 ms and the time of its answer: together about 50 a second.
const clients = 7;

const pollMilliseconds = 500;

/**
 * Runs a command under 50 requests a second, which go on for two seconds after it. `killAt` kills it at the line for which it
 * is true.
 */
export async function observe(
  rehearsal: Rehearsal,
  parameters: readonly string[],
  killAt: (line: string) => boolean = () => false,
): Promise<Observation> {
  const answers: Answer[] = [];
  const lines: Line[] = [];
  const load = await rehearsal.startLoad({ clients, text: noExample, onAnswer: (answer) => answers.push(answer) });
  const end = new AbortController();
  const ringing = firstRing(rehearsal, end.signal);
  const beganAt = performance.now();
  try {
    const running = rehearsal.checkout.start(...parameters);
    for await (const text of running.iterable({ from: 'all' })) {
      lines.push({ at: performance.now(), text: String(text) });
      if (killAt(String(text))) process.kill(-(running.pid ?? 0), 'SIGKILL');
    }
    const { exitCode } = await running;
    const endedAt = performance.now();
    await delay(2000);
    end.abort();
    return { exitCode, lines, answers, beganAt, endedAt, rangAt: await ringing };
  } finally {
    end.abort();
    await load.stop();
  }
}

async function firstRing(rehearsal: Rehearsal, signal: AbortSignal): Promise<number | undefined> {
  while (!signal.aborted) {
    // The rehearsal may be busy for a moment.
    const ringing = await rehearsal.ringingOfTracks().catch(() => []);
    if (ringing.length > 0) return performance.now();
    await delay(pollMilliseconds);
  }
  return undefined;
}
