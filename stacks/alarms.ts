import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { Construct } from 'constructs';
import type { Settings } from '../stages/settings.ts';

export interface AlarmsProps {
  /** The name of the topic and the prefix of the alarms' names. */
  name: string;
  /** The ids of the balancer and the target group in metrics, such as `targetgroup/intent-fleet/0a1b`. */
  balancer: string;
  targetGroup: string;
  settings: Settings['alarms'];
}

type Dimensions = Record<string, string>;

/** An alarm, beside its name, its description and its actions. */
type Rule = Omit<CloudwatchMetricAlarmConfig, 'alarmName' | 'evaluationPeriods'> & { minutes: number };

/** The alarms that call a person, and the topic that tells whoever is subscribed. */
export class Alarms extends Construct {
  /** The ARNs of the alarms, in the order of `alarmRules`. */
  readonly arns: string[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { name, settings } = props;
    const topic = new SnsTopic(this, 'topic', { name: `${name}-alarms` });
    for (const email of settings.emails)
      new SnsTopicSubscription(this, `email-${email}`, { topicArn: topic.arn, protocol: 'email', endpoint: email });
    const rules = rulesOf(props);
    this.arns = alarmRules.map((rule) => {
      const { minutes, ...config } = rules[rule];
      const alarm = new CloudwatchMetricAlarm(this, rule, {
        alarmName: alarmName(name, rule),
        evaluationPeriods: minutes,
        alarmActions: [topic.arn],
        okActions: [topic.arn],
        ...config,
      });
      return alarm.arn;
    });
  }
}

export const alarmRules = [
  'machine-errors',
  'balancer-errors',
  'latency',
  'unhealthy-machines',
  'no-machines',
] as const;

type AlarmRule = (typeof alarmRules)[number];

/** Returns the name of an alarm of a stack. */
export function alarmName(stack: string, rule: AlarmRule): string {
  return `${stack}-${rule}`;
}

/** Shares of few requests say nothing. */
const fewestRequests = 20;

function rulesOf({ balancer, targetGroup, settings }: AlarmsProps): Record<AlarmRule, Rule> {
  const ofBalancer = { LoadBalancer: balancer };
  const ofGroup = { LoadBalancer: balancer, TargetGroup: targetGroup };
  const { errorPercent, p90Milliseconds } = settings;
  return {
    'machine-errors': {
      alarmDescription: `More than ${errorPercent} % of the requests are answered by machines with a status from 500.`,
      ...shareOf('HTTPCode_Target_5XX_Count', ofGroup),
      ...above(errorPercent, 3),
    },
    'balancer-errors': {
      alarmDescription: 'The load balancer answers requests itself, with 502, 503 or 504: no machine did.',
      ...metric('HTTPCode_ELB_5XX_Count', ofBalancer, 'Sum'),
      ...above(5, 2),
    },
    latency: {
      alarmDescription: `A tenth of the requests take machines longer than ${p90Milliseconds} ms.`,
      ...metric('TargetResponseTime', ofGroup, 'p90'),
      ...above(p90Milliseconds / 1000, 3),
      evaluateLowSampleCountPercentiles: 'ignore',
    },
    'unhealthy-machines': {
      alarmDescription: 'A machine has failed its health checks for ten minutes; the group could not replace it.',
      ...metric('UnHealthyHostCount', ofGroup, 'Maximum'),
      ...above(0, 10),
    },
    'no-machines': {
      alarmDescription: 'No machine is healthy.',
      ...metric('HealthyHostCount', ofGroup, 'Minimum'),
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      minutes: 3,
      treatMissingData: 'breaching',
    },
  };
}

// What does not happen has no metric.
function above(threshold: number, minutes: number) {
  return { comparisonOperator: 'GreaterThanThreshold', threshold, minutes, treatMissingData: 'notBreaching' };
}

function metric(metricName: string, dimensions: Dimensions, statistic: string) {
  const isPercentile = statistic.startsWith('p');
  return {
    ...metricOf(metricName, dimensions),
    period: 60,
    ...(isPercentile ? { extendedStatistic: statistic } : { statistic }),
  };
}

function shareOf(metricName: string, dimensions: Dimensions) {
  const sum = (id: string, name: string) => ({
    id,
    returnData: false,
    metric: { ...metricOf(name, dimensions), period: 60, stat: 'Sum' },
  });
  const expression = `IF(requests >= ${fewestRequests}, 100 * FILL(part, 0) / requests, 0)`;
  return {
    metricQuery: [
      { id: 'share', expression, label: `${metricName} in percent`, returnData: true },
      sum('part', metricName),
      sum('requests', 'RequestCount'),
    ],
  };
}

function metricOf(metricName: string, dimensions: Dimensions) {
  return { namespace: 'AWS/ApplicationELB', metricName, dimensions };
}
