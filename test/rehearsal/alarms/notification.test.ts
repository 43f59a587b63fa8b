import test from 'ava';
import { notificationOf } from '../../../rehearsal/alarms/notification.ts';
import { alarm } from './alarms.ts';

const at = new Date('2026-11-29T03:00:00.123Z');

test("a message has CloudWatch's names", (t) => {
  const given = alarm({ state: 'ALARM', reason: 'too much', description: 'Jobs pile up' });
  const { Subject, Message } = notificationOf(given, 'OK', 'eu-central-1', at);
  t.is(Subject, 'ALARM: "jobs" in eu-central-1');
  t.deepEqual(JSON.parse(Message), {
    AlarmName: 'jobs',
    AlarmDescription: 'Jobs pile up',
    AWSAccountId: '123456789012',
    NewStateValue: 'ALARM',
    NewStateReason: 'too much',
    StateChangeTime: '2026-11-29T03:00:00.123+0000',
    Region: 'eu-central-1',
    AlarmArn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:jobs',
    OldStateValue: 'OK',
    OKActions: ['arn:ok'],
    AlarmActions: ['arn:alarm'],
    InsufficientDataActions: [],
    Trigger: {
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 1,
      TreatMissingData: 'missing',
    },
  });
});

test('a missing description is null, and a subject has at most 100 characters', (t) => {
  const { Subject, Message } = notificationOf(alarm({ name: 'x'.repeat(200) }), 'ALARM', 'eu-central-1', at);
  t.is(Subject, `OK: "${'x'.repeat(95)}`);
  t.is(JSON.parse(Message).AlarmDescription, null);
});
