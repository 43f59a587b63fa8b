import { type Distribution, merge, statisticOf } from './distribution.ts';
import { keyOf, type Metric } from './metric.ts';

/** Successive periods in this computer's time. */
export interface Periods {
  /** When the first one begins, in milliseconds since the epoch. */
  start: number;
  milliseconds: number;
  count: number;
  /** How long before a period's end its values begin, where that is not when the period begins. */
  windowMilliseconds?: number;
}

interface Recorded {
  metric: Metric;
  /** In the order of their times. */
  points: { at: number; distribution: Distribution }[];
}

/** Three hours of metrics that come once in a rehearsed minute, or half an hour of those that come in each second. */
const keptPoints = 1800;
const keptMetrics = 1000;

/** Metrics in memory, by the second: the latest points of those that were put last. */
export class MetricStore {
  // In the order in which they were put last.
  readonly #recorded = new Map<string, Recorded>();

  put(metric: Metric, at: number, distribution: Distribution): void {
    const key = keyOf(metric);
    const recorded = this.#recorded.get(key) ?? { metric, points: [] };
    this.#recorded.delete(key);
    this.#recorded.set(key, recorded);
    add(recorded.points, at - (at % 1000), distribution);
    const [oldest = ''] = this.#recorded.keys();
    if (this.#recorded.size > keptMetrics) this.#recorded.delete(oldest);
  }

  metrics(): Metric[] {
    return [...this.#recorded.values()].map(({ metric }) => metric);
  }

  /** Returns a statistic of a metric in each period; undefined where there is no value. */
  series(metric: Metric, statistic: string, periods: Periods): (number | undefined)[] {
    const { start, milliseconds, count, windowMilliseconds = milliseconds } = periods;
    const points = this.#recorded.get(keyOf(metric))?.points ?? [];
    return Array.from({ length: count }, (_, index) => {
      const end = start + (index + 1) * milliseconds;
      const inPeriod = points.filter(({ at }) => at >= end - windowMilliseconds && at < end);
      return inPeriod.length > 0
        ? statisticOf(merge(inPeriod.map((point) => point.distribution)), statistic)
        : undefined;
    });
  }
}

function add(points: Recorded['points'], at: number, distribution: Distribution): void {
  const index = points.findLastIndex((point) => point.at <= at);
  const point = points[index];
  if (point?.at === at) point.distribution = merge([point.distribution, distribution]);
  else points.splice(index + 1, 0, { at, distribution });
  if (points.length > keptPoints) points.shift();
}
