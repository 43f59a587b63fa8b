import { setImmediate } from 'node:timers/promises';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { SNSClient } from '@aws-sdk/client-sns';
import test, { type ExecutionContext } from 'ava';
import { AwsClock } from '../../rehearsal/metrics/aws-clock.ts';
import { ProcessorUse } from '../../rehearsal/metrics/processor-use.ts';
import { RequestLog } from '../../rehearsal/metrics/request-log.ts';
import { MetricStore } from '../../rehearsal/metrics/store.ts';
import { Monitor } from '../../rehearsal/monitor.ts';
import { Scaler } from '../../rehearsal/scaling/scaler.ts';
import { awsClient } from './aws-client.ts';
import { byId, desiredFleet, health, member } from './fleet.ts';
import { ManualClock } from './manual-clock.ts';

const topic = 'arn:aws:sns:eu-central-1:123456789012:alarms';

/** A client of a class without a network, because pages are read only by such a client. */
function offline<Client extends object>(client: Client, answer: Parameters<typeof awsClient>[0]): Client {
  return Object.assign(client, awsClient<Client>(answer));
}

const region = { region: 'eu-central-1' };

const group = { AutoScalingGroupName: 'fleet', MinSize: 1, MaxSize: 4, DesiredCapacity: 1, DefaultInstanceWarmup: 30 };

const policy = {
  ...group,
  PolicyName: 'cpu',
  PolicyARN: 'arn:policy/cpu',
  TargetTrackingConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
  },
};

const action = { ...group, ScheduledActionName: 'each minute', Recurrence: '* * * * *', DesiredCapacity: 2 };

/** A monitor of a machine that is busy; `failing` has the commands that fail. */
function monitored(t: ExecutionContext) {
  const clock = new ManualClock();
  const calls: unknown[] = [];
  const logged: unknown[] = [];
  const failing = new Set<string>();
  const alarms = new Map<string, Record<string, unknown>>();
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    DescribeAutoScalingGroupsCommand: () => ({ AutoScalingGroups: [group] }),
    DescribePoliciesCommand: () => ({ ScalingPolicies: [policy] }),
    DescribeScheduledActionsCommand: () => ({ ScheduledUpdateGroupActions: [action] }),
    DescribeAlarmsCommand: () => ({ MetricAlarms: [...alarms.values()].map((alarm) => ({ ...alarm })) }),
    PutMetricAlarmCommand: (input) =>
      alarms.set(String(input.AlarmName), {
        ...input,
        AlarmActions: [...(input.AlarmActions as string[]), topic],
        StateValue: 'OK',
        StateReason: 'Unchecked: Initial alarm creation',
      }),
    SetAlarmStateCommand: (input) => Object.assign(alarms.get(String(input.AlarmName)) ?? {}, input),
    PublishCommand: (input) => calls.push(['publish', input.TopicArn, input.Subject]),
  };
  const answer = (command: string, input: Record<string, unknown>) => {
    if (failing.has(command)) throw new Error(`${command} fails`);
    return answers[command]?.(input);
  };
  const cloudWatch = offline(new CloudWatchClient(region), answer);
  const autoScaling = offline(new AutoScalingClient(region), answer);
  const [store, awsClock] = [new MetricStore(), new AwsClock(10, clock)];
  const processors = new ProcessorUse(async () => clock.now() / 500, 4);
  const requests = new RequestLog('/nowhere/requests.log');
  const log = (...line: unknown[]) => logged.push(line);
  const scaling = {
    setDesiredCapacity: async (...call: unknown[]) => void calls.push(['capacity', ...call]),
    resize: async (...call: unknown[]) => void calls.push(['resize', ...call]),
  };
  const healthy = member('i-1', {
    healthyAt: new Date(0),
    targets: new Map([['arn:fleet', health('healthy')]]),
  });
  const clients = { cloudWatch, autoScaling, sns: awsClient<SNSClient>(answer) };
  const monitor = new Monitor({
    account: {
      clients: clients as never,
      region: 'eu-central-1',
      metrics: store,
      remember: (read) => read,
    },
    cloud: { desired: desiredFleet(['i-1']), members: byId(healthy) },
    clock: awsClock,
    meter: { store, clock: awsClock, requests, processors },
    scaler: new Scaler({ cloudWatch, scaling, isRefreshed: () => false, log }),
    log,
  });
  const closing = new AbortController();
  t.teardown(() => closing.abort());
  const ended = monitor.run(closing.signal);
  /** Lets a rehearsed minute pass, and the calls of its end. */
  const minute = async () => {
    await clock.advance(6000);
    for (let turn = 0; turn < 20; turn++) await setImmediate();
  };
  return { clock, calls, logged, failing, alarms, minute, closing, ended };
}

test('a busy machine rings the alarm of its policy three minutes after its first measurement, and its group grows', async (t) => {
  const { calls, alarms, minute } = monitored(t);
  for (let minutes = 0; minutes < 3; minutes++) await minute();
  t.deepEqual(calls, []);
  t.is(alarms.size, 2);
  await minute();
  const [high = ''] = [...alarms.keys()].filter((name) => name.includes('AlarmHigh'));
  t.deepEqual(calls, [
    ['publish', topic, `ALARM: "${high}" in eu-central-1`.slice(0, 100)],
    ['capacity', 'fleet', 2],
  ]);
  t.like(alarms.get(high), { StateValue: 'ALARM' });
});

test('scheduled actions follow the time of this computer, and are made up for after a minute that failed', async (t) => {
  const { calls, logged, failing, minute } = monitored(t);
  failing.add('DescribePoliciesCommand');
  for (let minutes = 0; minutes < 10; minutes++) await minute();
  t.deepEqual(calls, []);
  t.deepEqual(
    new Set(logged.map((line) => JSON.stringify(line))),
    new Set([JSON.stringify(['monitoring failed', { error: 'DescribePoliciesCommand fails' }])]),
  );
  failing.clear();
  await minute();
  const resized = ['resize', 'fleet', { minimum: 1, maximum: 4, desired: 2 }];
  t.deepEqual(calls, [resized]);
  await minute();
  t.deepEqual(calls, [resized]);
});

test('a monitor ends when it is told to', async (t) => {
  const { calls, alarms, minute, closing, ended } = monitored(t);
  closing.abort();
  await minute();
  await ended;
  const before = alarms.size;
  await minute();
  t.deepEqual([calls, alarms.size], [[], before]);
});
