import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Outcome } from './client.ts';
import type { SentRequest } from './generate.ts';
import type { Counts, Latencies, LatencyBin, LoadResult, Second } from './result.ts';

// In microseconds.
const longest = 120_000_000;

/** The limits of a bin are in a ratio of a tenth of a decade, so that few bins show microseconds and seconds alike. */
const binsInDecade = 10;

interface CountedSecond {
  requests: number;
  failures: number;
  latencies: RecordableHistogram;
}

/** Counts requests while they end; its memory does not grow with their number. */
export class Tally {
  readonly #latencies = createHistogram({ lowest: 1, highest: longest, figures: 3 });
  readonly #bins = new Map<number, number>();
  readonly #seconds: CountedSecond[] = [];
  readonly #statuses = new Map<string, number>();
  readonly #machines = new Map<string, number>();
  readonly #releases = new Map<string, number>();
  readonly #limits = new Map<string, number>();
  #requests = 0;
  #failures = 0;

  add({ outcome, begunAt, milliseconds }: SentRequest): void {
    const second = this.#secondAt(begunAt);
    const isFailure = !isSuccess(outcome);
    this.#requests += 1;
    second.requests += 1;
    this.#failures += Number(isFailure);
    second.failures += Number(isFailure);
    this.#countOutcome(outcome);
    if (isFailure) return;
    const microseconds = Math.min(longest, Math.max(1, Math.round(milliseconds * 1000)));
    this.#latencies.record(microseconds);
    second.latencies.record(microseconds);
    increment(this.#bins, Math.floor(binsInDecade * Math.log10(microseconds / 1000)));
  }

  /** The figures of one second, counted from 0. */
  second(index: number): Second {
    const { requests = 0, failures = 0, latencies } = this.#seconds[index] ?? {};
    return { requests, failures, p90: latencies && latencies.count > 0 ? percentile(latencies, 90) : null };
  }

  get failures(): number {
    return this.#failures;
  }

  /** The figures of requests that were sent in a number of seconds. */
  result(seconds: number): LoadResult {
    return {
      requests: this.#requests,
      failures: this.#failures,
      seconds,
      latencies: latenciesOf(this.#latencies),
      latencyBins: binsOf(this.#bins),
      bySecond: Array.from({ length: Math.ceil(seconds) }, (_, index) => this.second(index)),
      statuses: countsOf(this.#statuses),
      machines: countsOf(this.#machines),
      releases: countsOf(this.#releases),
      limits: countsOf(this.#limits),
    };
  }

  #secondAt(milliseconds: number): CountedSecond {
    const index = Math.floor(milliseconds / 1000);
    // Two figures: an hour has many of them.
    while (this.#seconds.length <= index)
      this.#seconds.push({
        ...{ requests: 0, failures: 0 },
        latencies: createHistogram({ lowest: 1, highest: longest, figures: 2 }),
      });
    return this.#seconds[index] as CountedSecond;
  }

  #countOutcome(outcome: Outcome): void {
    increment(this.#statuses, 'error' in outcome ? outcome.error : String(outcome.status));
    if ('error' in outcome) return;
    increment(this.#machines, outcome.machine ?? '');
    increment(this.#releases, outcome.release ?? '');
    if (outcome.status === 429) increment(this.#limits, outcome.limit ?? '');
  }
}

function isSuccess(outcome: Outcome): boolean {
  return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countsOf(counts: ReadonlyMap<string, number>): Counts {
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function percentile(histogram: RecordableHistogram, percent: number): number {
  return histogram.percentile(percent) / 1000;
}

function latenciesOf(histogram: RecordableHistogram): Latencies | null {
  if (histogram.count === 0) return null;
  const [p10 = 0, p50 = 0, p90 = 0, p99 = 0] = [10, 50, 90, 99].map((percent) => percentile(histogram, percent));
  return { mean: histogram.mean / 1000, p10, p50, p90, p99, max: histogram.max / 1000 };
}

// Empty bins between others are a part of the picture.
function binsOf(counts: ReadonlyMap<number, number>): LatencyBin[] {
  const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
  if (counts.size === 0) return [];
  return Array.from({ length: last - first + 1 }, (_, offset) => {
    const bin = first + offset;
    const limit = (index: number) => 10 ** (index / binsInDecade);
    return { fromMilliseconds: limit(bin), toMilliseconds: limit(bin + 1), count: counts.get(bin) ?? 0 };
  });
}
