import type { AwsApi } from '../../common/aws/aws-api.ts';
import { memoryMetric } from '../../common/memory-metric.ts';
import { OutageReport } from '../../common/outage-report.ts';

export interface MemoryPublication {
  /** The API of CloudWatch. */
  api: Pick<AwsApi, 'call'>;
  /** The group that this machine belongs to. */
  group: string;
  /** Returns how much of the memory is in use, in percent. */
  measure: () => Promise<number>;
  /** When to publish. */
  ticks: AsyncIterable<unknown>;
  /** Receives what people must know. */
  report: (sentence: string) => void;
}

/** Publishes this machine's memory at each tick. What CloudWatch did not get is not sent again: the next value is there in a minute. */
export async function publishMemory({ ticks, report, ...publication }: MemoryPublication): Promise<void> {
  const outage = new OutageReport({
    fails: (message) => `CloudWatch does not get this machine's memory: ${message}`,
    works: () => "CloudWatch gets this machine's memory again",
    report,
  });
  for await (const _ of ticks) await outage.during(() => publishOnce(publication));
}

async function publishOnce({ api, group, measure }: Omit<MemoryPublication, 'ticks' | 'report'>): Promise<void> {
  const Value = await measure();
  await api.call('PutMetricData', {
    Namespace: memoryMetric.namespace,
    MetricData: [
      {
        MetricName: memoryMetric.name,
        Dimensions: [{ Name: memoryMetric.dimension, Value: group }],
        Unit: 'Percent',
        Value,
      },
    ],
  });
}
