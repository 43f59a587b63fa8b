import test from 'ava';
import { publishMemory } from '../../../logs/memory/publish.ts';

test('each tick publishes the memory for the group; a failure is told once, and its end', async (t) => {
  const calls: [action: string, input: object][] = [];
  const reports: string[] = [];
  const faults = [undefined, 'ThrottlingException', 'ThrottlingException', undefined];
  await publishMemory({
    api: {
      call: async (action, input) => {
        calls.push([action, input]);
        const fault = faults[calls.length - 1];
        if (fault) throw new Error(fault);
        return {};
      },
    },
    group: 'fleet',
    measure: async () => 40 + calls.length,
    ticks: (async function* () {
      yield* faults;
    })(),
    report: (sentence) => reports.push(sentence),
  });
  const published = (Value: number) => [
    'PutMetricData',
    {
      Namespace: 'IntentFleet',
      MetricData: [
        {
          MetricName: 'MemoryUtilization',
          Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'fleet' }],
          Unit: 'Percent',
          Value,
        },
      ],
    },
  ];
  t.deepEqual(calls, [40, 41, 42, 43].map(published) as typeof calls);
  t.deepEqual(reports, [
    "CloudWatch does not get this machine's memory: ThrottlingException",
    "CloudWatch gets this machine's memory again",
  ]);
});
