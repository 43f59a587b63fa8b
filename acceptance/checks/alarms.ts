import { setTimeout as delay } from 'node:timers/promises';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { Check } from '../check.ts';
import type { Environment } from '../environment.ts';
import { until } from '../until.ts';

async function alarmed(environment: Environment): Promise<string> {
  const command = new DescribeAlarmsCommand({ AlarmNames: [environment.outputs.alarm] });
  const state = async () =>
    (await environment.clients.cloudWatch.send(command)).MetricAlarms?.[0]?.StateValue ?? 'none';
  const seconds = 600 / environment.pace;
  const before = await until(state, (found) => found === 'OK', { seconds });
  for (let count = 0; count < 20; count++) await environment.ask('/missing');
  const during = await until(state, (found) => found === 'ALARM', { seconds });
  const after = await until(state, (found) => found === 'OK', { seconds });
  return `${before}, ${during}, ${after}`;
}

/** Sends requests until it is stopped. */
function startLoad(environment: Environment, perSecond: number): () => void {
  const timer = setInterval(() => void environment.ask('/').catch(() => undefined), 1000 / perSecond);
  return () => clearInterval(timer);
}

async function tracked(environment: Environment): Promise<string> {
  const desired = async () => (await environment.group()).DesiredCapacity ?? 0;
  // Twice the target: 300 requests a minute for each of two machines.
  const stop = startLoad(environment, 20);
  const out = await until(desired, (found) => found > 2, { seconds: 900 / environment.pace }).finally(stop);
  await delay(1000);
  const back = await until(desired, (found) => found === 2, { seconds: 1800 / environment.pace });
  return `${out}, ${back}`;
}

/** What CloudWatch decides, minutes later. */
export const alarmChecks: Check[] = [
  {
    name: 'an alarm on errors of targets',
    expected: 'OK, ALARM, OK',
    page: 'Using Amazon CloudWatch alarms',
    observe: alarmed,
  },
  {
    name: 'a target of requests is exceeded, and the load ends',
    expected: '3, 2',
    page: 'Target tracking scaling policies for Amazon EC2 Auto Scaling',
    observe: tracked,
  },
];
