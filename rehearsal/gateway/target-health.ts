import type { RegisteredTarget } from '../emulator/desired-state.ts';
import { newTarget, type TargetHealth } from '../health/target.ts';
import { CallError } from '../protocols/call-error.ts';
import { type Input, structuresOf, textAt } from '../protocols/input.ts';
import type { Value } from '../protocols/protocol.ts';
import type { Answers } from './gateway.ts';

/** A registered target of a target group. */
export interface Target {
  instance: string;
  health: TargetHealth;
}

export interface TargetHealthProps {
  /** Returns what is registered in a target group; undefined if there is no such group. */
  registeredIn: (targetGroup: string) => Promise<RegisteredTarget[] | undefined>;
  /** Returns the targets whose health is known; those that have just been registered are not among them. */
  knownIn: (targetGroup: string) => Target[];
}

/** Answers DescribeTargetHealth with the results of the real health checks. */
export function targetHealthAnswers({ registeredIn, knownIn }: TargetHealthProps): Answers {
  return {
    'elasticloadbalancing:DescribeTargetHealth': async (input) => {
      const arn = textAt(input, 'TargetGroupArn');
      const registered = await registeredIn(arn);
      if (!registered) throw new CallError('TargetGroupNotFound', `There is no target group ${arn}`);
      const known = knownIn(arn);
      const others = registered
        .filter(({ instance }) => !known.some((target) => target.instance === instance))
        .map(({ instance, port }) => ({ instance, health: newTarget(port, Date.now()) }));
      return { TargetHealthDescriptions: requested(input, [...known, ...others]) };
    },
  };
}

// A call may name targets, also those that are not registered.
function requested({ Targets }: Input, targets: Target[]): Value[] {
  if (Targets === undefined) return targets.map(healthDescription);
  return structuresOf(Targets).map(({ Id, Port }) => {
    const found = targets.find(
      ({ instance, health }) => instance === Id && Number(Port ?? health.port) === health.port,
    );
    return found ? healthDescription(found) : { Target: { Id, Port } as Value, TargetHealth: notRegistered };
  });
}

const notRegistered = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
};

const reasons = {
  unused: 'Target.NotInUse',
  initial: 'Elb.RegistrationInProgress',
  healthy: undefined,
  draining: 'Target.DeregistrationInProgress',
};

function healthDescription({ instance, health: { state, port, reason, failure } }: Target) {
  return {
    HealthCheckPort: String(port),
    Target: { Id: instance, Port: port },
    TargetHealth: { State: state, Reason: state === 'unhealthy' ? failure : reasons[state], Description: reason },
  };
}
