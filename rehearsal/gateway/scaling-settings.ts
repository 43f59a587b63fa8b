import type { Amendments } from './gateway.ts';
import { KeptParameters } from './kept-parameters.ts';
import { escapeXml, type Value } from './query.ts';

/** Settings of Auto Scaling groups that the emulator drops, or drops in an update. */
const groupSettings = [
  ...['CapacityRebalance', 'Context', 'DefaultCooldown', 'DefaultInstanceWarmup', 'DesiredCapacityType'],
  ...['InstanceMaintenancePolicy', 'MaxInstanceLifetime', 'PlacementGroup', 'TerminationPolicies'],
];

/** The values that unset a setting. */
const unset: Record<string, string> = { DefaultInstanceWarmup: '-1', MaxInstanceLifetime: '0' };

const isSet = (name: string, value: Value) => unset[name] !== value;

// The emulator has constants for them.
const hookDefaults = { NotificationMetadata: '', NotificationTargetARN: '', RoleARN: '' };

/** The settings of groups, scaling policies and lifecycle hooks that the emulator does not keep. */
export class ScalingSettings {
  readonly #groups = new KeptParameters(groupSettings);
  readonly #policies = new KeptParameters(['Enabled']);
  readonly #hooks = new KeptParameters(Object.keys(hookDefaults));

  /** Returns a setting of a group in seconds; undefined if it is not set. */
  secondsOf(group: string, name: 'DefaultCooldown' | 'DefaultInstanceWarmup'): number | undefined {
    const value = this.#groups.get(escapeXml(group), name);
    return value !== undefined && isSet(name, value) ? Number(value) : undefined;
  }

  isEnabled(policyArn: string): boolean {
    return this.#policies.get(escapeXml(policyArn), 'Enabled') !== 'false';
  }

  /** Amends the calls about them. */
  amendments(): Amendments {
    const [groups, policies, hooks] = [this.#groups, this.#policies, this.#hooks];
    const keepGroup = doing((parameters) => groups.keep(groupOf(parameters), parameters));
    return {
      'autoscaling:CreateAutoScalingGroup': keepGroup,
      'autoscaling:UpdateAutoScalingGroup': keepGroup,
      'autoscaling:DeleteAutoScalingGroup': doing((parameters) => groups.forget(groupOf(parameters))),
      'autoscaling:DescribeAutoScalingGroups': async (answer) =>
        afterEach('AutoScalingGroupName', answer, (name, rest) => groups.amend(name, rest, isSet)),
      'autoscaling:PutScalingPolicy': doing((parameters, answer) =>
        policies.keep(/<PolicyARN>([^<]*)</.exec(answer)?.[1] ?? '', withDefaults(parameters, { Enabled: 'true' })),
      ),
      'autoscaling:DescribePolicies': async (answer) =>
        afterEach('PolicyARN', answer.replaceAll('<PredictiveScalingConfiguration/>', ''), (arn, rest) =>
          policies.amend(arn, rest),
        ),
      'autoscaling:PutLifecycleHook': doing((parameters) =>
        hooks.keep(hookOf(parameters), withDefaults(parameters, hookDefaults)),
      ),
      'autoscaling:DescribeLifecycleHooks': async (answer, parameters) =>
        afterEach('LifecycleHookName', answer, (name, rest) =>
          hooks.amend(`${groupOf(parameters)}/${name}`, rest, (_, value) => value !== ''),
        ),
    };
  }
}

/** An amendment that leaves the answer as it is. */
function doing(action: (parameters: URLSearchParams, answer: string) => void): Amendments[string] {
  return async (answer, parameters) => {
    action(parameters, answer);
    return answer;
  };
}

function groupOf(parameters: URLSearchParams): string {
  return escapeXml(parameters.get('AutoScalingGroupName') ?? '');
}

function hookOf(parameters: URLSearchParams): string {
  return `${groupOf(parameters)}/${escapeXml(parameters.get('LifecycleHookName') ?? '')}`;
}

function withDefaults(parameters: URLSearchParams, defaults: Record<string, string>): URLSearchParams {
  return new URLSearchParams({ ...defaults, ...Object.fromEntries(parameters) });
}

/** Changes what follows each element with a resource's name, up to the next one; `amend` gets that name. */
function afterEach(element: string, answer: string, amend: (name: string, rest: string) => string): string {
  const [before = '', ...parts] = answer.split(new RegExp(`(<${element}>[^<]*</${element}>)`));
  return parts.reduce(
    (text, part, index) => text + (index % 2 === 0 ? part : amend(contentOf(parts[index - 1]), part)),
    before,
  );
}

function contentOf(element = ''): string {
  return element.replace(/<[^>]*>/g, '');
}
