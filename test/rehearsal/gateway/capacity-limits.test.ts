import test from 'ava';
import { capacityLimits } from '../../../rehearsal/gateway/capacity-limits.ts';
import type { CallError } from '../../../rehearsal/protocols/call-error.ts';

// The emulator's whole group, in part.
const group = { MinSize: 1, MaxSize: 4, DesiredCapacity: 2, DefaultCooldown: 300 };
const answers = capacityLimits(async (name) => (name === 'fleet' ? group : undefined));

/** The sentence that refuses a call; undefined if the emulator gets it. */
async function refusal(action: string, input: Record<string, string>, group = 'fleet'): Promise<string | undefined> {
  try {
    await answers[`autoscaling:${action}`]?.({ AutoScalingGroupName: group, ...input });
    return undefined;
  } catch (error) {
    const { code, message } = error as CallError;
    return `${code}: ${message}`;
  }
}

const between = (desired: number) =>
  `ValidationError: Desired capacity:${desired} must be between the specified min size:1 and max size:4`;

test('a group is created within its limits', async (t) => {
  const create = (DesiredCapacity: string, MinSize = '1') =>
    refusal('CreateAutoScalingGroup', { MinSize, MaxSize: '4', DesiredCapacity }, 'new');
  t.is(await create('4'), undefined);
  t.is(await create('5'), between(5));
  t.is(await create('0'), between(0));
  const bounds = 'ValidationError: Max bound, 4, must be greater than or equal to min bound, 10';
  t.is(await create('4', '10'), bounds);
  t.is(await refusal('CreateAutoScalingGroup', { MinSize: '1', MaxSize: '4' }, 'new'), undefined);
});

test('an update counts with the limits that it does not change', async (t) => {
  t.is(await refusal('UpdateAutoScalingGroup', { DesiredCapacity: '5' }), between(5));
  t.is(await refusal('UpdateAutoScalingGroup', { DesiredCapacity: '5', MaxSize: '6' }), undefined);
  t.is(await refusal('UpdateAutoScalingGroup', { MaxSize: '2' }), undefined);
  t.is(await refusal('UpdateAutoScalingGroup', { MinSize: '3', MaxSize: '3' }), undefined);
  t.is(await refusal('UpdateAutoScalingGroup', { HealthCheckType: 'ELB' }, 'gone'), undefined);
});

test('a desired capacity is within the limits of its group', async (t) => {
  const set = (DesiredCapacity: string, group?: string) => refusal('SetDesiredCapacity', { DesiredCapacity }, group);
  t.is(await set('4'), undefined);
  const sentence = (fault: string) =>
    `ValidationError: New SetDesiredCapacity value ${fault} for the AutoScalingGroup.`;
  t.is(await set('5'), sentence('5 is above max value 4'));
  t.is(await set('0'), sentence('0 is below min value 1'));
  t.is(await set('5', 'gone'), undefined);
});
