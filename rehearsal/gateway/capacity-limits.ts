import { CallError } from '../protocols/call-error.ts';
import { type Input, textAt } from '../protocols/input.ts';
import type { Answers } from './gateway.ts';

/** Refuses capacities that the emulator accepts, although they are outside of a group's limits; `limitsOf` returns those. */
export function capacityLimits(
  limitsOf: (group: string) => Promise<{ MinSize?: number | undefined; MaxSize?: number | undefined } | undefined>,
): Answers {
  const found = (input: Input) => limitsOf(textAt(input, 'AutoScalingGroupName'));
  return {
    'autoscaling:CreateAutoScalingGroup': assertLimits,
    'autoscaling:UpdateAutoScalingGroup': async (input) => {
      const { MinSize, MaxSize } = (await found(input)) ?? {};
      return assertLimits({ MinSize, MaxSize, ...input });
    },
    'autoscaling:SetDesiredCapacity': async (input) => {
      const [desired, { MinSize = 0, MaxSize = desired } = {}] = [Number(input.DesiredCapacity), await found(input)];
      const fault =
        (desired > MaxSize && `above max value ${MaxSize}`) || (desired < MinSize && `below min value ${MinSize}`);
      if (fault) refuse(`New SetDesiredCapacity value ${desired} is ${fault} for the AutoScalingGroup.`);
    },
  };
}

// Without an answer, the emulator gets the call. Limits that do not contain the old capacity change it.
function assertLimits({ MinSize, MaxSize, DesiredCapacity = MinSize }: Input): undefined {
  const [minimum, maximum, desired] = [Number(MinSize), Number(MaxSize), Number(DesiredCapacity)];
  if (minimum > maximum) refuse(`Max bound, ${maximum}, must be greater than or equal to min bound, ${minimum}`);
  if (desired < minimum || desired > maximum)
    refuse(`Desired capacity:${desired} must be between the specified min size:${minimum} and max size:${maximum}`);
}

function refuse(sentence: string): never {
  throw new CallError('ValidationError', sentence);
}
