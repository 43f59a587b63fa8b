import { type Distribution, merge, statisticOf } from './distribution.ts';
import { keyOf, type Metric } from './metric.ts';

/** Successive periods in this computer's time. */
export interface Periods {
  /** When the first one begins, in milliseconds since the epoch. */
  start: number;
  milliseconds: number;
  count: number;
}

interface Recorded {
  metric: Metric;
  points: { at: number; distribution: Distribution }[];
}

/** Three hours of metrics that come once in a rehearsed minute, and a day of those that come once in a real one. */
const keptPoints = 1800;
const keptMetrics = 1000;

/** Metrics in memory: the latest points of those that were put last. */
export class MetricStore {
  // In the order in which they were put last.
  readonly #recorded = new Map<string, Recorded>();

  put(metric: Metric, at: number, distribution: Distribution): void {
    const key = keyOf(metric);
    const recorded = this.#recorded.get(key) ?? { metric, points: [] };
    this.#recorded.delete(key);
    this.#recorded.set(key, recorded);
    const index = recorded.points.findLastIndex((point) => point.at <= at);
    recorded.points.splice(index + 1, 0, { at, distribution });
    if (recorded.points.length > keptPoints) recorded.points.shift();
    const [oldest = ''] = this.#recorded.keys();
    if (this.#recorded.size > keptMetrics) this.#recorded.delete(oldest);
  }

  metrics(): Metric[] {
    return [...this.#recorded.values()].map(({ metric }) => metric);
  }

  /** Returns a statistic of a metric in each period; undefined where there is no value. */
  series(metric: Metric, statistic: string, { start, milliseconds, count }: Periods): (number | undefined)[] {
    const points = this.#recorded.get(keyOf(metric))?.points ?? [];
    const periods = Map.groupBy(points, ({ at }) => Math.floor((at - start) / milliseconds));
    return Array.from({ length: count }, (_, index) => {
      const inPeriod = periods.get(index)?.map(({ distribution }) => distribution);
      return inPeriod && statisticOf(merge(inPeriod), statistic);
    });
  }
}
