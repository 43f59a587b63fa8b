import type { Metric, Registry } from 'prom-client';

/** A value of a metric. */
export interface Sample {
  /** Another name than the metric's, such as that of a histogram's buckets. */
  metricName?: string;
  labels: Record<string, string | number>;
  value: number;
}

export interface CollectedMetric {
  type: 'counter' | 'gauge' | 'histogram';
  name: string;
  help: string;
  labelNames: string[];
  /** Returns the values; called at each scrape. Without any, the metric is absent. */
  samples: () => Sample[];
}

/** Registers a metric whose values are known elsewhere. prom-client's own classes keep values, and labels that have ended. */
export function exposeCollected(registry: Registry, { samples, ...description }: CollectedMetric): void {
  const metric = { ...description, get: async () => ({ ...description, values: samples() }) };
  // A registry needs no more of a metric than this; the type allows prom-client's own classes alone.
  registry.registerMetric(metric as unknown as Metric);
}
