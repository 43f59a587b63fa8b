import type { Metric, Registry } from 'prom-client';

/**
 * Observations by size, for a Prometheus histogram. prom-client's own histogram checks its labels and looks its bucket up
 * by the bound's text for each observation, of which an answer makes three; this one counts in an array.
 */
export class Distribution {
  readonly #bounds: readonly number[];
  readonly #counts: Float64Array;
  #sum = 0;

  /** `bounds` are the buckets' upper bounds, ascending. */
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

  /** The samples of a Prometheus histogram: in each bucket are all observations up to its bound. */
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

interface Sample {
  metricName: string;
  labels: Record<string, string | number>;
  value: number;
}

interface HistogramOptions {
  name: string;
  help: string;
  labelNames: string[];
  registry: Registry;
  /** Every distribution and the labels that tell them apart, asked for at each scrape. */
  series: () => Iterable<[labels: Record<string, string>, distribution: Distribution]>;
}

/** Registers distributions as one histogram. */
export function exposeHistogram({ registry, series, ...about }: HistogramOptions): void {
  const description = { ...about, type: 'histogram' };
  const samples = () => [...series()].flatMap(([labels, distribution]) => distribution.samples(about.name, labels));
  const metric = { ...description, get: async () => ({ ...description, values: samples() }) };
  // This is all that a registry asks of a metric to show it; the type names prom-client's own classes alone.
  registry.registerMetric(metric as unknown as Metric);
}
