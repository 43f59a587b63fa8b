import type { AwsClock } from '../metrics/aws-clock.ts';
import { type MetricQuery, resultsOf } from '../metrics/data-queries.ts';
import { isFromAws, isPerRequest } from '../metrics/metric.ts';
import type { MetricStore, Periods } from '../metrics/store.ts';
import type { Alarm } from './alarm.ts';
import { type Datapoint, evaluationRange } from './evaluate.ts';

/** Returns the evaluation range of an alarm, up to the last complete minute. */
export function datapointsOf(alarm: Alarm, store: MetricStore, clock: AwsClock): Datapoint[] {
  const count = evaluationRange(alarm);
  const milliseconds = clock.milliseconds(alarm.periodSeconds);
  const start = clock.periodStart(Math.min(60, alarm.periodSeconds)) - count * milliseconds;
  const read = (query: MetricQuery) => seriesOf(query, { start, milliseconds, count }, store, clock);
  const values = resultsOf(alarm.queries, count, read).get(alarm.comparedId) ?? [];
  return values.map((value, index) => ({ at: start + index * milliseconds, value }));
}

// A rehearsed minute has fewer requests than one of AWS at the same rate. What the account publishes comes at its own pace:
// each rehearsed period has the statistic of the last one of this computer's time.
function seriesOf(
  { metric, statistic, periodSeconds }: MetricQuery,
  periods: Periods,
  store: MetricStore,
  { factor }: AwsClock,
) {
  if (!isFromAws(metric))
    return store.series(metric, statistic, { ...periods, windowMilliseconds: periodSeconds * 1000 });
  const scale = isPerRequest(metric) && ['Sum', 'SampleCount'].includes(statistic) ? factor : 1;
  return store.series(metric, statistic, periods).map((value) => value && value * scale);
}
