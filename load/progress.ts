import { formatMilliseconds } from './tables.ts';
import type { Tally } from './tally.ts';

/** A line on a load that has run for some seconds: the requests of the last whole second, and all failures. */
export function progressLine(tally: Pick<Tally, 'second' | 'failures'>, elapsed: number, seconds: number): string {
  const passed = Math.min(seconds, Math.round(elapsed));
  const { requests, p90 } = tally.second(Math.max(0, passed - 1));
  return [
    `${passed} s, ${seconds - passed} s left`,
    `${requests} requests/s`,
    `p90 ${formatMilliseconds(p90)} ms`,
    `${tally.failures} failed`,
  ].join(' · ');
}
