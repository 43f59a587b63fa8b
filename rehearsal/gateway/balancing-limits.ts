import { CallError } from '../protocols/call-error.ts';
import { type Input, structuresOf } from '../protocols/input.ts';
import type { Answers } from './gateway.ts';

const actions = ['forward', 'redirect', 'fixed-response'];

/** Refuses what the rehearsal's load balancer cannot do; `hasPort` tells whether a listener on a port gets one of this host. */
export function balancingLimits(hasPort: (port: number) => boolean): Answers {
  return {
    'elasticloadbalancing:CreateLoadBalancer': ({ Type }) => allowOnly(['application'], Type, 'load balancers'),
    'elasticloadbalancing:CreateTargetGroup': ({ TargetType }) => allowOnly(['instance'], TargetType, 'targets'),
    'elasticloadbalancing:CreateListener': (input) => {
      if (!hasPort(Number(input.Port)))
        throw new CallError('TooManyListeners', 'The rehearsal has no port left on this computer for another listener');
      return allowedActions(input);
    },
    'elasticloadbalancing:ModifyListener': allowedActions,
    'elasticloadbalancing:CreateRule': allowedActions,
    'elasticloadbalancing:ModifyRule': allowedActions,
  };
}

function allowedActions({ Actions, DefaultActions }: Input): undefined {
  for (const { Type } of structuresOf(Actions ?? DefaultActions)) allowOnly(actions, Type, 'actions');
}

// Without an answer, the emulator gets the call.
function allowOnly(allowed: readonly string[], type: unknown, what: string): undefined {
  if (type === undefined || allowed.includes(String(type))) return;
  const message = `The rehearsal has no ${what} of the type ${type}, only ${allowed.join(', ')}`;
  throw new CallError('OperationNotPermitted', message);
}
