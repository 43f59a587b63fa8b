import test from 'ava';
import type { Outcome } from '../../load/client.ts';
import { Tally } from '../../load/tally.ts';
import { nothing } from './results.ts';

const answer = (status: number, machine?: string, limit?: string): Outcome => ({
  ...{ status, machine, limit },
  release: machine && '0123456789abcdef',
});

function tallied(): Tally {
  const tally = new Tally();
  for (let milliseconds = 1; milliseconds <= 100; milliseconds += 1)
    tally.add({ outcome: answer(200, milliseconds > 40 ? 'i-1' : 'i-2'), begunAt: 0, milliseconds });
  tally.add({ outcome: answer(429, 'i-1', 'machine'), begunAt: 2000, milliseconds: 0.1 });
  tally.add({ outcome: answer(429, 'i-1'), begunAt: 2500, milliseconds: 0.1 });
  tally.add({ outcome: answer(503), begunAt: 2999, milliseconds: 0.1 });
  tally.add({ outcome: { error: 'ECONNRESET' }, begunAt: 3000, milliseconds: 5000 });
  return tally;
}

test('requests are counted by status, machine, release, limit and second', (t) => {
  const { latencies: _, latencyBins: __, ...counts } = tallied().result(4);
  t.deepEqual(counts, {
    requests: 104,
    failures: 4,
    seconds: 4,
    bySecond: [
      { requests: 100, failures: 0, p90: counts.bySecond[0]?.p90 ?? null },
      { requests: 0, failures: 0, p90: null },
      { requests: 3, failures: 3, p90: null },
      { requests: 1, failures: 1, p90: null },
    ],
    statuses: { '200': 100, '429': 2, '503': 1, ECONNRESET: 1 },
    machines: { '': 1, 'i-1': 62, 'i-2': 40 },
    releases: { '': 1, '0123456789abcdef': 102 },
    limits: { '': 1, machine: 1 },
  });
});

test('percentiles are those of the answers of status 2xx, to three digits, of a second to two', (t) => {
  const { latencies, bySecond } = tallied().result(4);
  const expected = { mean: 50.5, p10: 10, p50: 50, p90: 90, p99: 99, max: 100 };
  for (const [name, value] of Object.entries(expected)) {
    const measured = latencies?.[name as keyof typeof latencies] ?? 0;
    t.true(Math.abs(measured - value) <= value / 500, `${name}: ${measured}`);
  }
  t.true(Math.abs((bySecond[0]?.p90 ?? 0) - 90) < 1);
});

test('the ranges of the latencies follow each other and hold all answers', (t) => {
  const { latencyBins } = tallied().result(4);
  t.is(
    latencyBins.reduce((sum, { count }) => sum + count, 0),
    100,
  );
  t.is(latencyBins[0]?.fromMilliseconds, 1);
  t.is(latencyBins.at(-1)?.fromMilliseconds, 100);
  t.deepEqual(
    latencyBins.slice(1).map(({ fromMilliseconds }) => fromMilliseconds),
    latencyBins.slice(0, -1).map(({ toMilliseconds }) => toMilliseconds),
  );
});

test('without a request there are no figures', (t) => {
  t.deepEqual(new Tally().result(0), nothing);
  t.deepEqual(new Tally().second(7), { requests: 0, failures: 0, p90: null });
});
