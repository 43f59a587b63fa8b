import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';

/** The ARNs of a load balancer and of the target group whose machines it counts. */
export interface MeasuredResources {
  load_balancer: string;
  target_group: string;
}

/** What the load balancer has counted in the last period that CloudWatch knows; null where it knows none. */
export interface TrafficMetrics {
  /** When the period ended. */
  until: Date | null;
  requestsPerSecond: number | null;
  /** The time within which machines answered nine of ten requests; null without an answer. */
  p90Milliseconds: number | null;
  /** The share of requests with a status from 500, in percent; null without a request. */
  errorPercent: number | null;
}

/** The values of a metric by the time when their periods began, in milliseconds since the epoch. */
export type Series = ReadonlyMap<number, number>;

/** Returns what to ask CloudWatch of a fleet: the metrics of its balancer, and `cpu0`, `cpu1` and so on of its machines. */
export function metricQueries(
  { load_balancer, target_group }: MeasuredResources,
  machines: readonly string[],
  periodSeconds: number,
): MetricDataQuery[] {
  const LoadBalancer = load_balancer.replace(/^.*:loadbalancer\//, '');
  const TargetGroup = target_group.replace(/^.*:/, '');
  const query = (Id: string, Namespace: string, MetricName: string, dimensions: object, Stat: string) => {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: periodSeconds, Stat } };
  };
  const ofBalancer = (id: string, name: string, statistic: string, dimensions: object = { LoadBalancer }) =>
    query(id, 'AWS/ApplicationELB', name, dimensions, statistic);
  return [
    ofBalancer('healthy', 'HealthyHostCount', 'Minimum', { LoadBalancer, TargetGroup }),
    ofBalancer('requests', 'RequestCount', 'Sum'),
    ofBalancer('p90', 'TargetResponseTime', 'p90'),
    ofBalancer('machineErrors', 'HTTPCode_Target_5XX_Count', 'Sum'),
    ofBalancer('balancerErrors', 'HTTPCode_ELB_5XX_Count', 'Sum'),
    ofBalancer('refused', 'HTTPCode_ELB_503_Count', 'Sum'),
    ...machines.map((machine, index) =>
      query(`cpu${index}`, 'AWS/EC2', 'CPUUtilization', { InstanceId: machine }, 'Average'),
    ),
  ];
}

/** Returns the figures of the last period in which the balancer has counted its machines: what did not happen has no metric. */
export function trafficOf(seriesOf: (id: string) => Series, periodSeconds: number): TrafficMetrics {
  const known = [...seriesOf('healthy').keys()];
  if (known.length === 0) return { until: null, requestsPerSecond: null, p90Milliseconds: null, errorPercent: null };
  const last = Math.max(...known);
  const count = (id: string) => seriesOf(id).get(last) ?? 0;
  // RequestCount lacks the requests for which there was no machine.
  const requests = count('requests') + count('refused');
  const seconds = seriesOf('p90').get(last);
  return {
    until: new Date(last + periodSeconds * 1000),
    requestsPerSecond: requests / periodSeconds,
    p90Milliseconds: seconds === undefined ? null : seconds * 1000,
    errorPercent: requests === 0 ? null : (100 * (count('machineErrors') + count('balancerErrors'))) / requests,
  };
}

/** Returns the last value of a series. */
export function valueOfLast(series: Series): number | undefined {
  return series.size === 0 ? undefined : series.get(Math.max(...series.keys()));
}
