import { runLoad } from '../load.ts';
import type { Result } from '../result-table.ts';
import { residentMegabytes, stopServer } from '../servers.ts';
import type { BenchContext } from './context.ts';
import { attack } from './hostile.ts';
import { predictionLoad, startReleasedService } from './service.ts';

// Far below the highest throughput: this measures endurance, not speed.
const goodPerSecond = 500;
const parts = 10;
const flatPercent = 5;

/** Sends good and hostile requests for some minutes: every status must be as expected, without a crash or growth. */
export async function measureSoak(context: BenchContext): Promise<Result[]> {
  const { small, soakMinutes } = context;
  if (soakMinutes === 0) return [];
  const server = await startReleasedService(context, 'soak', small);
  const seconds = (soakMinutes * 60) / parts;
  const tally: Tally = { good: 0, hostile: 0, unexpected: {}, megabytes: [] };
  for (let part = 0; part < parts; part += 1) {
    const [good, bad] = await Promise.all([
      runLoad(context, { ...predictionLoad(server, small), seconds, rate: goodPerSecond }),
      attack(new URL(server.url), seconds),
    ]);
    tally.good += good.requests;
    tally.hostile += bad.sent;
    const { 200: _, ...wrong } = good.statuses;
    for (const [name, count] of [...Object.entries(wrong), ...Object.entries(bad.unexpected)]) {
      tally.unexpected[name] = (tally.unexpected[name] ?? 0) + count;
    }
    tally.megabytes.push(await residentMegabytes(server));
  }
  return [soakResult(soakMinutes, tally, await stopServer(server))];
}

interface Tally {
  good: number;
  hostile: number;
  unexpected: Record<string, number>;
  megabytes: number[];
}

function soakResult(minutes: number, tally: Tally, exit: number | string | null): Result {
  const { good, hostile, unexpected, megabytes } = tally;
  const [half = 0, last = 0] = [megabytes[parts / 2 - 1], megabytes[parts - 1]];
  const surprises = Object.entries(unexpected).map(([name, count]) => `${count} x ${name}`);
  const isClean = surprises.length === 0 && exit === 0;
  const memory = `${half.toFixed(0)} then ${last.toFixed(0)} MB`;
  return {
    what: `${minutes} min: ${good} good requests, ${hostile} hostile`,
    measured: `${surprises.join(', ') || 'none'} unexpected, exit status ${exit}; ${memory}`,
    target: '0 unexpected, flat',
    isMet: isClean && last <= half * (1 + flatPercent / 100),
  };
}
