import type { BenchContext } from './bench.ts';
import { attack } from './hostile.ts';
import { runLoad } from './run-load.ts';
import { residentMegabytes, stopServer } from './servers.ts';
import { loadFor, startService } from './service-server.ts';
import type { Row } from './table.ts';

// Far below what the service can answer: whether it endures is asked, not how fast it is.
const goodPerSecond = 500;
const parts = 10;
const flatPercent = 5;

/** Good and hostile clients at the same time, for a while: every status as it should be, no end, no growth. */
export async function measureSoak(context: BenchContext): Promise<Row[]> {
  if (context.soakMinutes === 0) return [];
  const server = await startService(context, 'soak', context.small);
  const seconds = (context.soakMinutes * 60) / parts;
  const tally = { good: 0, hostile: 0, unexpected: {} as Record<string, number>, megabytes: [] as number[] };
  for (let part = 0; part < parts; part += 1) {
    const [good, bad] = await Promise.all([
      runLoad({ ...loadFor(server, context.small, seconds), warmUpSeconds: 0, rate: goodPerSecond }),
      attack(server.target, seconds),
    ]);
    tally.good += good.requests;
    tally.hostile += bad.sent;
    const { 200: _, ...wrong } = good.statuses;
    for (const [name, count] of [...Object.entries(wrong), ...Object.entries(bad.unexpected)]) {
      tally.unexpected[name] = (tally.unexpected[name] ?? 0) + count;
    }
    tally.megabytes.push(await residentMegabytes(server));
  }
  const end = await stopServer(server);
  return [describe(context.soakMinutes, tally, end)];
}

interface Tally {
  good: number;
  hostile: number;
  unexpected: Record<string, number>;
  megabytes: number[];
}

function describe(minutes: number, { good, hostile, unexpected, megabytes }: Tally, end: number | string | null): Row {
  const [half = 0, last = 0] = [megabytes[parts / 2 - 1], megabytes[parts - 1]];
  const surprises = Object.entries(unexpected).map(([name, count]) => `${count} x ${name}`);
  const isClean = surprises.length === 0 && end === 0;
  return {
    what: `${minutes} min: ${good} good requests, ${hostile} hostile`,
    measured: `${surprises.join(', ') || 'none'} unexpected, ended with ${end}; ${half.toFixed(0)} then ${last.toFixed(0)} MB`,
    reach: '0 unexpected, flat',
    isMet: isClean && last <= half * (1 + flatPercent / 100),
  };
}
