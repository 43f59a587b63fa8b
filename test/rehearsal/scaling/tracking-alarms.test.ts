import test from 'ava';
import { isTrackingAlarm, trackingAlarmName, trackingAlarms } from '../../../rehearsal/scaling/tracking-alarms.ts';
import { cpuOfFleet, policy } from './policies.ts';

test('names have the form of AWS, are stable, and differ between sides and policies', (t) => {
  const form = /^TargetTracking-fleet-Alarm(High|Low)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  const names = ['cpu', 'requests'].flatMap((name) =>
    (['High', 'Low'] as const).map((side) => trackingAlarmName(policy(name), side)),
  );
  for (const name of names) t.regex(name, form);
  t.is(new Set(names.map((name) => name.slice(-36))).size, 4);
  t.deepEqual(names.slice(0, 1), [trackingAlarmName(policy('cpu', { target: 1 }), 'High')]);
  t.true(names.every((name) => isTrackingAlarm(name)));
  t.false(isTrackingAlarm('my-TargetTracking-alarm'));
});

test('a policy scales out after three minutes above the target, and in after fifteen well below it', (t) => {
  const common = {
    ...cpuOfFleet,
    AlarmDescription: 'DO NOT EDIT OR DELETE. For TargetTrackingScaling policy arn:policy/cpu.',
    AlarmActions: ['arn:policy/cpu'],
  };
  const high = {
    ...common,
    AlarmName: trackingAlarmName(policy('cpu'), 'High'),
    ComparisonOperator: 'GreaterThanThreshold' as const,
    Threshold: 50,
    EvaluationPeriods: 3,
  };
  const low = {
    ...common,
    AlarmName: trackingAlarmName(policy('cpu'), 'Low'),
    ComparisonOperator: 'LessThanThreshold' as const,
    Threshold: 35,
    EvaluationPeriods: 15,
  };
  t.deepEqual(trackingAlarms(policy('cpu')), [high, low]);
  t.deepEqual(trackingAlarms(policy('cpu', { scalesIn: false })), [high]);
});
