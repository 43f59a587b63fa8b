import type { AwsApi } from '../../common/aws/aws-api.ts';
import { memoryMetric } from '../../common/memory-metric.ts';

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
  let isFailing = false;
  for await (const _ of ticks) {
    const error = await publishOnce(publication).catch((reason: Error) => reason);
    if (error && !isFailing) report(`CloudWatch does not get this machine's memory: ${error.message}`);
    if (!error && isFailing) report("CloudWatch gets this machine's memory again");
    isFailing = error !== undefined;
  }
}

async function publishOnce({ api, group, measure }: Omit<MemoryPublication, 'ticks' | 'report'>): Promise<undefined> {
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
