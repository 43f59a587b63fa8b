import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { AwsClock } from '../../../rehearsal/metrics/aws-clock.ts';
import { Meter } from '../../../rehearsal/metrics/meter.ts';
import { ProcessorUse } from '../../../rehearsal/metrics/processor-use.ts';
import { RequestLog } from '../../../rehearsal/metrics/request-log.ts';
import { MetricStore } from '../../../rehearsal/metrics/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { ManualClock } from '../manual-clock.ts';

const measurable = {
  machines: [{ id: 'i-1', group: 'fleet', processors: 2, isWarming: false }],
  targetGroups: [
    { balancer: 'app/fleet/1', targetGroup: 'targetgroup/blue/1', choice: 'blue', states: ['healthy' as const] },
  ],
};

const minutes = { start: 0, milliseconds: 6000, count: 3 };
const metric = (namespace: string, name: string, dimensions: Record<string, string>) => ({
  namespace: `AWS/${namespace}`,
  name,
  dimensions,
});

test('what happened in a minute is published in it, also when it is measured a little later', async (t) => {
  const file = join(await temporaryFolder(t), 'requests.log');
  const clock = new ManualClock();
  const store = new MetricStore();
  const processors = new ProcessorUse(async () => clock.now() / 2000, 4);
  const meter = new Meter({ store, clock: new AwsClock(10, clock), requests: new RequestLog(file), processors });
  await clock.advance(6000);
  await meter.measure(measurable);
  await appendFile(file, 'app/fleet/1\tblue\t200\t200\t0.100\napp/fleet/1\tblue\t200\t200\t0.300\n');
  await clock.advance(6020);
  await meter.measure(measurable);
  const balancer = { LoadBalancer: 'app/fleet/1' };
  const targetGroup = { TargetGroup: 'targetgroup/blue/1' };
  const series = (found: ReturnType<typeof metric>, statistic: string) => store.series(found, statistic, minutes);
  t.deepEqual(
    [
      series(metric('EC2', 'CPUUtilization', { InstanceId: 'i-1' }), 'Average'),
      series(metric('EC2', 'CPUUtilization', { AutoScalingGroupName: 'fleet' }), 'Average'),
      series(metric('ApplicationELB', 'RequestCount', balancer), 'Sum'),
      series(metric('ApplicationELB', 'RequestCountPerTarget', targetGroup), 'Sum'),
      series(metric('ApplicationELB', 'TargetResponseTime', { ...balancer, ...targetGroup }), 'Average'),
      series(metric('ApplicationELB', 'HealthyHostCount', { ...balancer, ...targetGroup }), 'Minimum'),
    ],
    [
      [undefined, 25, undefined],
      [undefined, 25, undefined],
      [undefined, 2, undefined],
      [undefined, 2, undefined],
      [undefined, 0.2, undefined],
      [1, 1, undefined],
    ],
  );
});
