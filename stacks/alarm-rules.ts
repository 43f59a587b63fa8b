import type { CloudwatchMetricAlarmConfig } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import type { Track } from '../deployments/deployment.ts';
import type { Settings } from '../stages/settings.ts';
import type { StageAlarmRule, TrackAlarmRule } from './track-alarms.ts';

type Dimensions = Record<string, string>;

/** An alarm, beside its name, its description and its actions. */
export type AlarmRule = Omit<CloudwatchMetricAlarmConfig, 'alarmName'>;

/** Shares of few requests say nothing. */
const fewestRequests = 20;

/** The hours after which a deployment that is under way has been forgotten. */
const longestHours = 6;

export interface StageRulesProps {
  /** The ids of the balancer and of the tracks' target groups in metrics, such as `targetgroup/intent-fleet/0a1b`. */
  balancer: string;
  targetGroups: Record<Track, string>;
  /** Whether machines of both tracks are wanted for as long as a person likes. */
  keepsBoth: boolean;
}

/** The alarms of the whole stage. */
export function stageRules({ balancer, targetGroups, keepsBoth }: StageRulesProps): Record<StageAlarmRule, AlarmRule> {
  const healthy = (track: Track) => {
    const dimensions = { LoadBalancer: balancer, TargetGroup: targetGroups[track] };
    return { id: track, metric: { ...metricOf('HealthyHostCount', dimensions), stat: 'Minimum' } };
  };
  return {
    'balancer-errors': {
      alarmDescription: 'The load balancer answers requests itself, with 502, 503 or 504: no machine did.',
      ...metric('HTTPCode_ELB_5XX_Count', { LoadBalancer: balancer }, 'Sum'),
      ...above(5, 2),
    },
    'no-machines': {
      alarmDescription: 'No machine is healthy.',
      ...calculated('FILL(blue, 0) + FILL(green, 0)', 'healthy machines', 60, [healthy('blue'), healthy('green')]),
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      evaluationPeriods: 3,
      treatMissingData: 'breaching',
    },
    'unfinished-deployment': {
      alarmDescription: `A deployment has been under way for ${longestHours} hours. Go on with it: make promote, or back: make abort.`,
      ...calculated('IF(FILL(blue, 0) > 0 AND FILL(green, 0) > 0, 1, 0)', 'both tracks have machines', 3600, [
        healthy('blue'),
        healthy('green'),
      ]),
      ...above(0, longestHours),
      actionsEnabled: !keepsBoth,
    },
  };
}

export interface TrackRulesProps {
  balancer: string;
  targetGroup: string;
  settings: Settings['alarms'];
}

/** The alarms of a track. */
export function trackRules({ balancer, targetGroup, settings }: TrackRulesProps): Record<TrackAlarmRule, AlarmRule> {
  const ofTrack = { LoadBalancer: balancer, TargetGroup: targetGroup };
  const { errorPercent, p90Milliseconds } = settings;
  return {
    'machine-errors': {
      alarmDescription: `More than ${errorPercent} % of the requests are answered by machines with a status from 500.`,
      ...calculated(`IF(requests >= ${fewestRequests}, 100 * FILL(errors, 0) / requests, 0)`, 'errors in percent', 60, [
        { id: 'errors', metric: { ...metricOf('HTTPCode_Target_5XX_Count', ofTrack), stat: 'Sum' } },
        { id: 'requests', metric: { ...metricOf('RequestCount', ofTrack), stat: 'Sum' } },
      ]),
      ...above(errorPercent, 3),
    },
    latency: {
      alarmDescription: `A tenth of the requests take machines longer than ${p90Milliseconds} ms.`,
      ...metric('TargetResponseTime', ofTrack, 'p90'),
      ...above(p90Milliseconds / 1000, 3),
      evaluateLowSampleCountPercentiles: 'ignore',
    },
    'unhealthy-machines': {
      alarmDescription: 'A machine has failed its health checks for ten minutes; the group could not replace it.',
      ...metric('UnHealthyHostCount', ofTrack, 'Maximum'),
      ...above(0, 10),
    },
  };
}

// What does not happen has no metric.
function above(threshold: number, evaluationPeriods: number) {
  return { comparisonOperator: 'GreaterThanThreshold', threshold, evaluationPeriods, treatMissingData: 'notBreaching' };
}

function metric(metricName: string, dimensions: Dimensions, statistic: string) {
  const isPercentile = statistic.startsWith('p');
  return {
    ...metricOf(metricName, dimensions),
    period: 60,
    ...(isPercentile ? { extendedStatistic: statistic } : { statistic }),
  };
}

interface Operand {
  /** What the expression calls it. */
  id: string;
  metric: ReturnType<typeof metricOf> & { stat: string };
}

function calculated(expression: string, label: string, period: number, operands: readonly Operand[]) {
  return {
    metricQuery: [
      { id: 'result', expression, label, returnData: true },
      ...operands.map(({ id, metric }) => ({ id, returnData: false, metric: { ...metric, period } })),
    ],
  };
}

function metricOf(metricName: string, dimensions: Dimensions) {
  return { namespace: 'AWS/ApplicationELB', metricName, dimensions };
}
