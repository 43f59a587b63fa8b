import type { Alarm } from '../../../rehearsal/alarms/alarm.ts';

/** A metric that the account publishes. */
export const jobs = { namespace: 'Own', name: 'Jobs', dimensions: { queue: 'all' } };

/** An alarm that rings when there was more than one job in each of three minutes. */
export function alarm(overrides: Partial<Alarm> = {}): Alarm {
  return {
    name: 'jobs',
    arn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:jobs',
    description: undefined,
    queries: [{ id: 'm1', isReturned: true, metric: jobs, statistic: 'Sum', periodSeconds: 60 }],
    comparedId: 'm1',
    periodSeconds: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    comparison: 'GreaterThanThreshold',
    threshold: 1,
    missingData: 'missing',
    state: 'OK',
    reason: 'as before',
    actions: { OK: ['arn:ok'], ALARM: ['arn:alarm'], INSUFFICIENT_DATA: [] },
    ...overrides,
  };
}
