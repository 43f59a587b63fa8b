import type { DataQuery } from '../metrics/data-queries.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export type Comparison =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

/** A metric alarm. */
export interface Alarm {
  name: string;
  arn: string;
  description: string | undefined;
  /** What it evaluates. */
  queries: DataQuery[];
  /** The id of the query whose result is compared. */
  comparedId: string;
  periodSeconds: number;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  comparison: Comparison;
  threshold: number;
  missingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
  state: AlarmState;
  reason: string;
  /** The ARNs of the actions of each state; none if actions are disabled. */
  actions: Record<AlarmState, string[]>;
}
