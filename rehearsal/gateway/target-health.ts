import type { TargetHealth } from '../health/target.ts';
import { type Answers, CallError } from './gateway.ts';

/** A registered target of a target group. */
export interface Target {
  instance: string;
  health: TargetHealth;
}

/** Answers DescribeTargetHealth with the results of the real health checks. */
export function targetHealthAnswers(targetsOf: (targetGroup: string) => Target[] | undefined): Answers {
  return {
    'elasticloadbalancing:DescribeTargetHealth': (parameters) => {
      const arn = parameters.get('TargetGroupArn') ?? '';
      const targets = targetsOf(arn);
      if (!targets) throw new CallError('TargetGroupNotFound', `There is no target group ${arn}`);
      return { TargetHealthDescriptions: targets.map(healthDescription) };
    },
  };
}

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
