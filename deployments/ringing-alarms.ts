import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { alarmNames } from '../stacks/track-alarms.ts';
import { type Access, clientConfiguration } from './access.ts';

/** An alarm of a stage that rings. */
export interface RingingAlarm {
  name: string;
  /** What it means, a sentence. */
  description: string;
  /** Why it rings, in CloudWatch's words. */
  reason: string;
  since: Date;
}

/** Reads the alarms of a stack that ring; none for a stack of a version without alarms. */
export async function ringingAlarms(access: Access, stack: string): Promise<RingingAlarm[]> {
  const AlarmNames = alarmNames(stack);
  const client = new CloudWatchClient(clientConfiguration(access));
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames, StateValue: 'ALARM' }));
  // A rehearsal that an earlier version has started returns the others, too.
  const ringing = MetricAlarms.filter(({ StateValue: state }) => state === 'ALARM');
  return ringing.map(({ AlarmName, AlarmDescription, StateReason, StateUpdatedTimestamp }) => ({
    name: AlarmName ?? '',
    description: AlarmDescription ?? '',
    reason: StateReason ?? '',
    since: StateUpdatedTimestamp ?? new Date(0),
  }));
}
