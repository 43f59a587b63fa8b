import { type Answers, CallError } from './gateway.ts';

const actions = ['forward', 'redirect', 'fixed-response'];

/** Refuses what the rehearsal's load balancer cannot do; `hasPort` tells whether a listener on a port gets one of this host. */
export function balancingLimits(hasPort: (port: number) => boolean): Answers {
  return {
    'elasticloadbalancing:CreateLoadBalancer': (parameters) =>
      allowOnly(parameters, /^Type$/, ['application'], 'load balancers of the type'),
    'elasticloadbalancing:CreateTargetGroup': (parameters) =>
      allowOnly(parameters, /^TargetType$/, ['instance'], 'targets of the type'),
    'elasticloadbalancing:CreateListener': (parameters) => {
      if (!hasPort(Number(parameters.get('Port'))))
        throw new CallError('TooManyListeners', 'The rehearsal has no port left on this computer for another listener');
      return allowedActions(parameters);
    },
    'elasticloadbalancing:ModifyListener': allowedActions,
    'elasticloadbalancing:CreateRule': allowedActions,
    'elasticloadbalancing:ModifyRule': allowedActions,
  };
}

const actionType = /^(?:Default)?Actions\.member\.\d+\.Type$/;

function allowedActions(parameters: URLSearchParams): undefined {
  return allowOnly(parameters, actionType, actions, 'actions of the type');
}

// Without an answer, the emulator gets the call.
function allowOnly(parameters: URLSearchParams, name: RegExp, allowed: readonly string[], what: string): undefined {
  for (const [key, value] of parameters)
    if (name.test(key) && !allowed.includes(value))
      throw new CallError('OperationNotPermitted', `The rehearsal has no ${what} ${value}, only ${allowed.join(', ')}`);
}
