import type { AwsClock } from './aws-clock.ts';
import { balancerMetrics, type CheckedTargetGroup } from './balancer-metrics.ts';
import { type MeasuredMachine, processorMetrics } from './processor-metrics.ts';
import type { ProcessorUse, ProcessorUser } from './processor-use.ts';
import type { RequestLog } from './request-log.ts';
import { tallyRequests } from './request-tally.ts';
import type { MetricStore } from './store.ts';

/** What is measured. */
export interface Measurable {
  machines: (ProcessorUser & Omit<MeasuredMachine, 'processorPercent'>)[];
  targetGroups: (CheckedTargetGroup & {
    /** Its name in nginx's configuration. */
    choice: string;
  })[];
}

/** What measures, and where the metrics go. */
export interface Meter {
  store: MetricStore;
  clock: AwsClock;
  requests: RequestLog;
  processors: ProcessorUse;
}

/** Publishes what AWS publishes of machines, groups, load balancers and target groups, for the minute that has ended. */
export async function measure(
  { machines, targetGroups }: Measurable,
  { store, clock, requests, processors }: Meter,
): Promise<void> {
  const now = clock.now();
  const percents = await processors.measure(machines, now);
  const measured = machines.map((machine) => ({ ...machine, processorPercent: percents.get(machine.id) }));
  const names = new Map(targetGroups.map(({ choice, targetGroup }) => [choice, targetGroup]));
  const tallies = tallyRequests(requests.read(), names);
  const metrics = [...processorMetrics(measured), ...balancerMetrics(tallies, targetGroups)];
  for (const [metric, distribution] of metrics) store.put(metric, clock.periodStart(60, now) - 1, distribution);
}
