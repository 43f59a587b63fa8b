import type { Registry } from 'prom-client';
import { exposeCollected, type Sample } from './collected.ts';

/**
 * Counts of observations by bucket, for a Prometheus histogram. Counts in an array; prom-client's histogram checks its labels
 * and looks the bucket up by the bound's text for each observation.
 */
export class Distribution {
  readonly #bounds: readonly number[];
  readonly #counts: Float64Array;
  #sum = 0;

  /** Takes the buckets' upper bounds, ascending. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#sum += value;
  }

  /** Returns the samples of a Prometheus histogram: each bucket counts all observations up to its bound. */
  samples(name: string, labels: Record<string, string>): Sample[] {
    let count = 0;
    const buckets = [...this.#bounds, '+Inf'].map((le, bucket) => {
      count += this.#counts[bucket] as number;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}

interface HistogramOptions {
  name: string;
  help: string;
  labelNames: string[];
  registry: Registry;
  /** Returns every distribution with its labels; called at each scrape. */
  series: () => Iterable<[labels: Record<string, string>, distribution: Distribution]>;
}

/** Registers distributions as one histogram. */
export function exposeHistogram({ registry, series, ...metadata }: HistogramOptions): void {
  exposeCollected(registry, {
    ...metadata,
    type: 'histogram',
    samples: () => [...series()].flatMap(([labels, distribution]) => distribution.samples(metadata.name, labels)),
  });
}
