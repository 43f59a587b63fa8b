import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import test from 'ava';
import { metricOf, queryOf, readAlarms } from '../../../rehearsal/alarms/alarm-reader.ts';
import { emulated } from '../gateway/emulated.ts';
import { alarm, jobs } from './alarms.ts';

test('a query of a metric or an expression is returned unless it says otherwise', (t) => {
  const Metric = { Namespace: 'Own', MetricName: 'Jobs', Dimensions: [{ Name: 'queue', Value: 'all' }] };
  const metric = { id: 'm1', metric: jobs, statistic: 'p99', periodSeconds: 300 };
  const MetricStat = { Metric, Stat: 'p99', Period: 300 };
  t.deepEqual(queryOf({ Id: 'm1', MetricStat, ReturnData: false }), { ...metric, isReturned: false });
  t.deepEqual(queryOf({ Id: 'm1', MetricStat, ReturnData: true }), { ...metric, isReturned: true });
  const expression = { id: 'e1', isReturned: true, expression: 'm1 * 2' };
  t.deepEqual(queryOf({ Id: 'e1', Expression: 'm1 * 2' }), expression);
  t.deepEqual(metricOf({}), { namespace: '', name: '', dimensions: {} });
});

const metric = { Namespace: 'Own', MetricName: 'Jobs', Dimensions: [{ Name: 'queue', Value: 'all' }] };
const common = { EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' as const };
const actions = { OKActions: ['arn:ok'], AlarmActions: ['arn:alarm'] };

const inputs: PutMetricAlarmInput[] = [
  { AlarmName: 'jobs', ...metric, ...common, ...actions, Statistic: 'Sum', Period: 60 },
  {
    AlarmName: 'slow',
    ...metric,
    ...common,
    ...actions,
    AlarmDescription: 'Jobs are slow',
    ExtendedStatistic: 'p99',
    Period: 300,
    DatapointsToAlarm: 2,
    Threshold: 0.25,
    TreatMissingData: 'notBreaching',
    ActionsEnabled: false,
  },
  {
    AlarmName: 'share',
    ...common,
    InsufficientDataActions: ['arn:unknown'],
    Metrics: [
      { Id: 'e1', Expression: 'm1 / 2' },
      { Id: 'm1', ReturnData: false, MetricStat: { Metric: metric, Stat: 'Average', Period: 120 } },
    ],
  },
];

const arn = (name: string) => `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`;
const isNew = { state: 'OK', reason: 'Unchecked: Initial alarm creation' } as const;

const expected = [
  alarm(isNew),
  alarm({
    ...isNew,
    name: 'slow',
    arn: arn('slow'),
    description: 'Jobs are slow',
    queries: [{ id: 'm1', isReturned: true, metric: jobs, statistic: 'p99', periodSeconds: 300 }],
    periodSeconds: 300,
    datapointsToAlarm: 2,
    threshold: 0.25,
    missingData: 'notBreaching',
    actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
  }),
  alarm({
    ...isNew,
    name: 'share',
    arn: arn('share'),
    queries: [
      { id: 'e1', isReturned: true, expression: 'm1 / 2' },
      { id: 'm1', isReturned: false, metric: jobs, statistic: 'Average', periodSeconds: 120 },
    ],
    comparedId: 'e1',
    periodSeconds: 120,
    actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: ['arn:unknown'] },
  }),
];

test('alarms are read as the emulator keeps them, more than one page of them, too', async (t) => {
  const { cloudWatch } = await emulated(t, {});
  t.deepEqual(await readAlarms(cloudWatch), []);
  for (const input of inputs) await cloudWatch.send(new PutMetricAlarmCommand(input));
  t.deepEqual(await readAlarms(cloudWatch), expected);
  const state = { AlarmName: 'jobs', StateValue: 'ALARM', StateReason: 'a drill' } as const;
  await cloudWatch.send(new SetAlarmStateCommand(state));
  const ringing = new DescribeAlarmsCommand({ AlarmNames: ['jobs', 'slow'], StateValue: 'ALARM' });
  const { MetricAlarms = [] } = await cloudWatch.send(ringing);
  t.deepEqual(
    MetricAlarms.map(({ AlarmName }) => AlarmName),
    ['jobs'],
  );
  await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['slow', 'share'] }));
  t.deepEqual(await readAlarms(cloudWatch), [alarm({ state: 'ALARM', reason: 'a drill' })]);
  for (let index = 0; index < 100; index++) {
    const copy = { ...common, ...inputs[0], AlarmName: `jobs-${index}` };
    await cloudWatch.send(new PutMetricAlarmCommand(copy));
  }
  t.is(new Set((await readAlarms(cloudWatch)).map(({ name }) => name)).size, 101);
});
