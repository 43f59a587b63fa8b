import type { AwsClock } from '../metrics/aws-clock.ts';
import { isMetricQuery, type MetricQuery, resultsOf } from '../metrics/data-queries.ts';
import { isFromAws, isPerRequest } from '../metrics/metric.ts';
import type { MetricStore, Periods } from '../metrics/store.ts';
import type { Alarm } from './alarm.ts';
import { type Datapoint, evaluationRange } from './evaluate.ts';

/** The clocks that alarms are evaluated by: of AWS' own metrics, and of those that the account puts at its own pace. */
export interface AlarmClocks {
  aws: AwsClock;
  account: AwsClock;
}

/** Returns the clock of an alarm: the account's if it watches one of its metrics. */
export function clockOf({ queries }: Alarm, clocks: AlarmClocks): AwsClock {
  return queries.filter(isMetricQuery).every(({ metric }) => isFromAws(metric)) ? clocks.aws : clocks.account;
}

/** Returns the evaluation range of an alarm, up to the last complete minute. */
export function datapointsOf(alarm: Alarm, store: MetricStore, clock: AwsClock): Datapoint[] {
  const count = evaluationRange(alarm);
  const milliseconds = clock.milliseconds(alarm.periodSeconds);
  const start = clock.periodStart(Math.min(60, alarm.periodSeconds)) - count * milliseconds;
  const read = (query: MetricQuery) => seriesOf(query, { start, milliseconds, count }, store, clock);
  const values = resultsOf(alarm.queries, count, read).get(alarm.comparedId) ?? [];
  return values.map((value, index) => ({ at: start + index * milliseconds, value }));
}

// A rehearsed minute has fewer requests than one of AWS at the same rate.
function seriesOf({ metric, statistic }: MetricQuery, periods: Periods, store: MetricStore, { factor }: AwsClock) {
  const scale = isPerRequest(metric) && ['Sum', 'SampleCount'].includes(statistic) ? factor : 1;
  return store.series(metric, statistic, periods).map((value) => value && value * scale);
}
