import { emulatedAccount } from '../emulator/account.ts';
import type { Alarm, AlarmState } from './alarm.ts';

/** Returns the subject and the text of CloudWatch's message to an SNS topic. */
export function notificationOf(alarm: Alarm, from: AlarmState, region: string, at: Date) {
  const message = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: emulatedAccount,
    NewStateValue: alarm.state,
    NewStateReason: alarm.reason,
    StateChangeTime: at.toISOString().replace('Z', '+0000'),
    Region: region,
    AlarmArn: alarm.arn,
    OldStateValue: from,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    Trigger: {
      Period: alarm.periodSeconds,
      EvaluationPeriods: alarm.evaluationPeriods,
      DatapointsToAlarm: alarm.datapointsToAlarm,
      ComparisonOperator: alarm.comparison,
      Threshold: alarm.threshold,
      TreatMissingData: alarm.missingData,
    },
  };
  return { Subject: `${alarm.state}: "${alarm.name}" in ${region}`.slice(0, 100), Message: JSON.stringify(message) };
}
