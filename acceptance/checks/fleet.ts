import {
  DescribeInstanceRefreshesCommand,
  SetDesiredCapacityCommand,
  SetInstanceHealthCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import type { Check } from '../check.ts';
import type { Environment } from '../environment.ts';
import { until } from '../until.ts';

const healthPage = 'Health checks for instances in an Auto Scaling group';

/** Loses a machine; tells whether another one takes its place. */
async function replaced(environment: Environment, lose: (id: string) => Promise<unknown>): Promise<string> {
  const [lost = ''] = await environment.untilHealthy(2);
  await lose(lost);
  await environment.untilHealthy(2, 400, (id) => id !== lost);
  return 'replaced';
}

const terminated: Check['observe'] = (environment) =>
  replaced(environment, (InstanceId) => {
    const command = { InstanceId, ShouldDecrementDesiredCapacity: false };
    return environment.clients.autoScaling.send(new TerminateInstanceInAutoScalingGroupCommand(command));
  });

const declaredUnhealthy: Check['observe'] = (environment) =>
  replaced(environment, (InstanceId) => {
    const command = { InstanceId, HealthStatus: 'Unhealthy', ShouldRespectGracePeriod: false };
    return environment.clients.autoScaling.send(new SetInstanceHealthCommand(command));
  });

async function resized(environment: Environment): Promise<string> {
  const AutoScalingGroupName = environment.outputs.group;
  await environment.workspace.apply({ size: { min: 3, max: 3 } });
  await environment.untilHealthy(3);
  await environment.workspace.apply();
  const { DesiredCapacity } = await environment.group();
  await environment.clients.autoScaling.send(
    new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: 2 }),
  );
  await environment.untilHealthy(2);
  return `3, still ${DesiredCapacity}, 2`;
}

async function refreshed(environment: Environment): Promise<string> {
  const before = await environment.untilHealthy(2);
  await environment.workspace.apply({ revision: 'second' });
  const command = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: environment.outputs.group });
  const read = async () =>
    (await environment.clients.autoScaling.send(command)).InstanceRefreshes?.[0]?.Status ?? 'none';
  const status = await until(read, (found) => !/^(Pending|InProgress)$/.test(found), { seconds: 900 });
  await environment.untilHealthy(2, 60, (id) => !before.includes(id));
  const { body } = await environment.ask('/');
  return `${status}, ${body.split(' ')[1]}`;
}

/** How the group keeps its machines. */
export const fleetChecks: Check[] = [
  { name: 'a machine is terminated', expected: 'replaced', page: healthPage, observe: terminated },
  { name: 'a machine is declared unhealthy', expected: 'replaced', page: healthPage, observe: declaredUnhealthy },
  {
    name: 'the minimum is raised and lowered, then the desired capacity is lowered',
    expected: '3, still 3, 2',
    page: 'Set scaling limits for your Auto Scaling group',
    observe: resized,
  },
  {
    name: 'an instance refresh with changed user data',
    expected: 'Successful, second',
    page: 'Use an instance refresh to update instances in an Auto Scaling group',
    observe: refreshed,
  },
];
