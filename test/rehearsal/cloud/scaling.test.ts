import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import test from 'ava';
import { Scaling } from '../../../rehearsal/cloud/scaling.ts';
import { awsClient } from '../aws-client.ts';

/** Scaling whose first `failures` calls fail, without pauses between attempts. */
function scalingWith(failures: number) {
  const calls: unknown[] = [];
  const client = awsClient<AutoScalingClient>((command, input) => {
    calls.push([command, input]);
    if (calls.length <= failures) throw new Error('try again');
  });
  const scaling = new Scaling(client, { retries: 2, minTimeout: 0 });
  return { calls, scaling };
}

const termination = (shrink: boolean) => [
  'TerminateInstanceInAutoScalingGroupCommand',
  { InstanceId: 'i-1', ShouldDecrementDesiredCapacity: shrink },
];

test('an instance is terminated, with or without a replacement, and the desired capacity is set', async (t) => {
  const { calls, scaling } = scalingWith(0);
  await scaling.terminate('i-1', false);
  await scaling.terminate('i-1', true);
  await scaling.setDesiredCapacity('fleet', 3);
  const capacity = ['SetDesiredCapacityCommand', { AutoScalingGroupName: 'fleet', DesiredCapacity: 3 }];
  t.deepEqual(calls, [termination(false), termination(true), capacity]);
});

test('the sizes of a group that are given are changed, in one call', async (t) => {
  const { calls, scaling } = scalingWith(0);
  await scaling.resize('fleet', { minimum: 1, maximum: 0, desired: undefined });
  const sizes = { MinSize: 1, MaxSize: 0, DesiredCapacity: undefined };
  t.deepEqual(calls, [['UpdateAutoScalingGroupCommand', { AutoScalingGroupName: 'fleet', ...sizes }]]);
  const failing = scalingWith(1);
  await t.throwsAsync(failing.scaling.resize('fleet', { minimum: 1, maximum: 2, desired: 3 }), {
    message: 'try again',
  });
  t.is(failing.calls.length, 1);
});

test('a termination that fails is tried again, and rejects in the end', async (t) => {
  const twice = scalingWith(2);
  await twice.scaling.terminate('i-1', false);
  t.deepEqual(twice.calls, [termination(false), termination(false), termination(false)]);
  const always = scalingWith(9);
  await t.throwsAsync(always.scaling.terminate('i-1', false), { message: 'try again' });
  t.is(always.calls.length, 3);
});

test('changes are made one after another, also after one that fails', async (t) => {
  const log: string[] = [];
  const client = awsClient<AutoScalingClient>(async (command) => {
    log.push(`begins: ${command}`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`ends: ${command}`);
    if (command === 'UpdateAutoScalingGroupCommand') throw new Error('refused');
  });
  const scaling = new Scaling(client, { retries: 0, minTimeout: 0 });
  const sizes = { minimum: 2, maximum: 1, desired: undefined };
  const results = await Promise.allSettled([
    scaling.terminate('i-1', false),
    scaling.resize('fleet', sizes),
    scaling.setDesiredCapacity('fleet', 3),
  ]);
  t.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  const commands = ['TerminateInstanceInAutoScalingGroup', 'UpdateAutoScalingGroup', 'SetDesiredCapacity'];
  t.deepEqual(
    log,
    commands.flatMap((command) => [`begins: ${command}Command`, `ends: ${command}Command`]),
  );
});
