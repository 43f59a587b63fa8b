import test from 'ava';
import type { Clients } from '../../acceptance/clients.ts';
import { Environment, type Outputs } from '../../acceptance/environment.ts';
import type { Workspace } from '../../acceptance/workspace.ts';
import { awsClient } from '../rehearsal/aws-client.ts';

const outputs: Outputs = {
  url: 'http://balancer',
  group: 'ours',
  target_groups: { web: 'arn:web', second: 'arn:second', pinned: 'arn:pinned', empty: 'arn:empty' },
  machines_security_group: 'sg-1',
  alarm: 'ours-alarm',
};

/** An environment with these targets, each as `id state reason`, by target group; and the calls that change something. */
function environmentWith(targets: Record<string, string[]>) {
  const changes: unknown[] = [];
  const client = awsClient((command, input) => {
    if (command === 'DescribeAutoScalingGroupsCommand') return { AutoScalingGroups: [] };
    if (command !== 'DescribeTargetHealthCommand') return changes.push([command, input]);
    const described = (targets[String(input.TargetGroupArn)] ?? []).map((target) => {
      const [Id, State, Reason] = target.split(' ');
      return { Target: { Id }, TargetHealth: { State, Reason } };
    });
    return { TargetHealthDescriptions: described };
  });
  const clients = { autoScaling: client, balancing: client } as unknown as Clients;
  const workspace = {} as Workspace;
  return { environment: new Environment({ workspace, clients, outputs, url: 'http://balancer', pace: 1 }), changes };
}

test('the health of a target group has each state once', async (t) => {
  const unhealthy = 'unhealthy Target.Timeout';
  const { environment } = environmentWith({ 'arn:web': [`i-1 ${unhealthy}`, 'i-2 healthy', `i-3 ${unhealthy}`] });
  t.is(await environment.health('web'), 'healthy, unhealthy Target.Timeout');
  t.is(await environment.health('empty'), '');
});

test('machines are healthy when all of both target groups are', async (t) => {
  const both = (...targets: string[]) => ({ 'arn:web': targets, 'arn:second': targets });
  const { environment } = environmentWith(both('i-1 healthy', 'i-2 healthy'));
  t.deepEqual(await environment.untilHealthy(2), ['i-1', 'i-2']);
  const none = { message: 'No 2 healthy machines within 0 s' };
  await t.throwsAsync(
    environment.untilHealthy(2, 0, (id) => id !== 'i-1'),
    none,
  );
  const more = environmentWith(both('i-1 healthy', 'i-2 healthy', 'i-3 draining')).environment;
  await t.throwsAsync(more.untilHealthy(2, 0), none);
});

test('unhealthy machines are replaced again after an action that fails', async (t) => {
  const { environment, changes } = environmentWith({});
  const failing = environment.keepingUnhealthy(() => Promise.reject(new Error('no')));
  await t.throwsAsync(failing, { message: 'no' });
  const processes = { AutoScalingGroupName: 'ours', ScalingProcesses: ['ReplaceUnhealthy'] };
  t.deepEqual(changes, [
    ['SuspendProcessesCommand', processes],
    ['ResumeProcessesCommand', processes],
  ]);
});

test('a group that is gone is an error', async (t) => {
  const { environment } = environmentWith({});
  await t.throwsAsync(environment.group(), { message: 'There is no Auto Scaling group ours' });
});
