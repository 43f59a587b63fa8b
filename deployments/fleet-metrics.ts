import { CloudWatchClient, GetMetricDataCommand, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { type Access, clientConfiguration } from './access.ts';
import {
  type MeasuredResources,
  metricQueries,
  type TrafficMetrics,
  trafficOf,
  valueOfLast,
} from './metric-queries.ts';

/** What CloudWatch knows of a fleet. */
export interface FleetMetrics extends TrafficMetrics {
  /** The use of its processors by each machine, in percent; none for a machine that is not known yet. */
  cpuPercent: ReadonlyMap<string, number>;
}

export interface FleetMetricsProps {
  access: Access;
  /** How often metrics come. */
  periodSeconds: number;
}

/** Basic monitoring of machines has a value in five minutes, which comes some minutes later. */
const periods = 15;

/** The metrics of a stage. They are read anew a few times in a period: CloudWatch takes a price for each. */
export class FleetMetricsReader {
  readonly #props: FleetMetricsProps;
  readonly #client: CloudWatchClient;
  #last: { of: string; at: number; metrics: FleetMetrics } | undefined;

  constructor(props: FleetMetricsProps) {
    this.#props = props;
    this.#client = new CloudWatchClient(clientConfiguration(props.access));
  }

  /** Reads the metrics of a balancer, a target group and machines up to the last whole period. */
  async read(resources: MeasuredResources, machines: readonly string[], now = Date.now()): Promise<FleetMetrics> {
    const of = [resources.target_group, ...machines].join();
    const keptMilliseconds = (this.#props.periodSeconds * 1000) / 3;
    if (this.#last?.of === of && now - this.#last.at < keptMilliseconds) return this.#last.metrics;
    const metrics = await this.#metrics(resources, machines, now);
    this.#last = { of, at: now, metrics };
    return metrics;
  }

  async #metrics(resources: MeasuredResources, machines: readonly string[], now: number): Promise<FleetMetrics> {
    const { periodSeconds } = this.#props;
    const results = await this.#results(metricQueries(resources, machines, periodSeconds), now);
    const seriesOf = (id: string) => results.get(id) ?? new Map();
    return {
      ...trafficOf(seriesOf, periodSeconds),
      cpuPercent: new Map(
        machines.flatMap((machine, index) => {
          const percent = valueOfLast(seriesOf(`cpu${index}`));
          return percent === undefined ? [] : [[machine, percent] as const];
        }),
      ),
    };
  }

  // Of each query, its values by the time when their periods began.
  async #results(MetricDataQueries: ReturnType<typeof metricQueries>, now: number) {
    const milliseconds = this.#props.periodSeconds * 1000;
    const end = now - (now % milliseconds);
    const range = { StartTime: new Date(end - periods * milliseconds), EndTime: new Date(end) };
    const results = new Map<string, Map<number, number>>();
    let NextToken: string | undefined;
    do {
      const page = await this.#client.send(new GetMetricDataCommand({ MetricDataQueries, ...range, NextToken }));
      for (const result of page.MetricDataResults ?? []) addTo(results, result);
      NextToken = page.NextToken;
    } while (NextToken);
    return results;
  }
}

function addTo(results: Map<string, Map<number, number>>, { Id = '', Timestamps = [], Values = [] }: MetricDataResult) {
  const series = results.get(Id) ?? new Map<number, number>();
  results.set(Id, series);
  for (const [index, at] of Timestamps.entries()) series.set(at.getTime(), Values[index] ?? 0);
}
