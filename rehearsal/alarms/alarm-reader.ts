import {
  type Metric as AwsMetric,
  type CloudWatchClient,
  type MetricAlarm,
  type MetricDataQuery,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import type { DataQuery } from '../metrics/data-queries.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Alarm, Comparison } from './alarm.ts';

/** Reads all metric alarms from the emulator. */
export async function readAlarms(client: CloudWatchClient): Promise<Alarm[]> {
  const alarms: Alarm[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, {}))
    alarms.push(...MetricAlarms.map(alarmOf));
  return alarms;
}

function alarmOf(found: MetricAlarm): Alarm {
  const { EvaluationPeriods = 1, DatapointsToAlarm, StateValue = 'INSUFFICIENT_DATA' } = found;
  const queries = found.Metrics?.length ? found.Metrics.map(queryOf) : [ownQuery(found)];
  const enabled = (actions: string[] | undefined) => (found.ActionsEnabled === false ? [] : (actions ?? []));
  return {
    name: found.AlarmName ?? '',
    arn: found.AlarmArn ?? '',
    description: found.AlarmDescription,
    queries,
    comparedId: (queries.find(({ isReturned }) => isReturned) ?? queries[0])?.id ?? '',
    periodSeconds: Math.max(...queries.map((query) => ('metric' in query ? query.periodSeconds : 1))),
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm ?? EvaluationPeriods,
    comparison: found.ComparisonOperator as Comparison,
    threshold: found.Threshold ?? 0,
    missingData: (found.TreatMissingData as Alarm['missingData'] | undefined) ?? 'missing',
    state: StateValue,
    reason: found.StateReason ?? '',
    actions: {
      OK: enabled(found.OKActions),
      ALARM: enabled(found.AlarmActions),
      INSUFFICIENT_DATA: enabled(found.InsufficientDataActions),
    },
  };
}

function ownQuery({ Namespace, MetricName, Dimensions, Statistic, ExtendedStatistic, Period }: MetricAlarm): DataQuery {
  const metric = metricOf({ Namespace, MetricName, Dimensions });
  const statistic = ExtendedStatistic ?? Statistic ?? 'Average';
  return { id: 'm1', isReturned: true, metric, statistic, periodSeconds: Period ?? 60 };
}

/** Converts a query of CloudWatch's API; its result is returned unless it says otherwise. */
export function queryOf({ Id: id = '', MetricStat, Expression, ReturnData }: MetricDataQuery): DataQuery {
  const isReturned = ReturnData !== false;
  if (!MetricStat) return { id, isReturned, expression: Expression ?? '' };
  const { Metric = {}, Stat: statistic = 'Average', Period: periodSeconds = 60 } = MetricStat;
  return { id, isReturned, metric: metricOf(Metric), statistic, periodSeconds };
}

/** Converts a metric of CloudWatch's API. */
export function metricOf({ Namespace, MetricName, Dimensions = [] }: AwsMetric): Metric {
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name ?? '', Value ?? '']));
  return { namespace: Namespace ?? '', name: MetricName ?? '', dimensions };
}
