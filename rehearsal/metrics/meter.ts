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

export interface MeterProps {
  store: MetricStore;
  clock: AwsClock;
  requests: RequestLog;
  processors: ProcessorUse;
}

/** Publishes what AWS publishes of machines, groups, load balancers and target groups. */
export class Meter {
  readonly #props: MeterProps;

  constructor(props: MeterProps) {
    this.#props = props;
  }

  /** Measures the minute that has ended. */
  async measure({ machines, targetGroups }: Measurable): Promise<void> {
    const { store, clock, requests, processors } = this.#props;
    const now = clock.now();
    const percents = await processors.measure(machines, now);
    const measured = machines.map((machine) => ({ ...machine, processorPercent: percents.get(machine.id) }));
    const tallies = tallyRequests(
      requests.read(),
      new Map(targetGroups.map(({ choice, targetGroup }) => [choice, targetGroup])),
    );
    const metrics = [...processorMetrics(measured), ...balancerMetrics(tallies, targetGroups)];
    for (const [metric, distribution] of metrics) store.put(metric, clock.periodStart(60, now) - 1, distribution);
  }
}
