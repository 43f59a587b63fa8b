import type { Call } from '../protocols/call.ts';
import { allTextsOf } from '../protocols/input.ts';
import type { AccountReader } from './account-reader.ts';
import { arnIn, type Scope } from './arns.ts';
import { taggingActions } from './names.ts';
import type { Resource } from './resources.ts';
import { type Context, tagContext, tagsOf } from './tags.ts';

/** What a caller must be allowed for a request. */
export interface Requirement {
  /** As in a policy, such as `ec2:CreateVpc`. */
  action: string;
  resource: Resource;
  context: Context;
}

/** Who creates something with tags must be allowed to tag it. */
export function taggings(call: Call, resources: Resource[]): Requirement[] {
  const { service, action } = call;
  const tagging = service === 'iam' ? action.replace(/^Create/, 'Tag') : taggingActions[service];
  if (!tagging || /Tag/.test(action)) return [];
  return resources
    .filter(({ type, arn }) => tagsOf(call, type).length > 0 && (service !== 'ec2' || arn.endsWith('*')))
    .map(({ type, arn }) => ({
      action: `${service}:${tagging}`,
      resource: { arn: service === 'elasticloadbalancing' ? madeBelow(action, arn) : arn, type },
      context: { ...tagContext(call, type), [`${service}:CreateAction`]: action },
    }));
}

// A listener is made on a balancer, and a rule on a listener.
function madeBelow(action: string, arn: string): string {
  if (action === 'CreateListener') return `${arn.replace(':loadbalancer/', ':listener/')}/*`;
  return action === 'CreateRule' ? `${arn.replace(':listener/', ':listener-rule/')}/*` : arn;
}

/** Who gives a role to a service must be allowed to pass it. */
export async function passedRoles(call: Call, scope: Scope, reader: AccountReader): Promise<Requirement[]> {
  const roles = await rolesIn(call, scope, reader);
  const { service, action } = call;
  const passedTo = { AddRoleToInstanceProfile: 'ec2', CreateFlowLogs: 'vpc-flow-logs' }[action] ?? service;
  return roles.map((arn) => ({
    action: 'iam:PassRole',
    resource: { arn, type: 'role' },
    context: { 'iam:PassedToService': `${passedTo}.amazonaws.com` },
  }));
}

async function rolesIn({ service, action, input }: Call, scope: Scope, reader: AccountReader): Promise<string[]> {
  if (action === 'AddRoleToInstanceProfile')
    return [arnIn(scope, 'iam', `role/${input.RoleNameWithPath ?? input.RoleName}`)];
  if (service === 'iam' || service === 'sts') return [];
  const profile = action === 'RunInstances' && allTextsOf(input.IamInstanceProfile)[0]?.split('/').at(-1);
  const given = allTextsOf(input).filter((text) => /^arn:[^:]+:iam::\d+:role\//.test(text));
  return [...given, ...(profile ? await reader.rolesOfProfile(profile) : [])];
}

/** The roles by which services act; the account is one that has none yet. */
const linkedRoles: Record<string, [service: string, role: string]> = {
  'autoscaling:CreateAutoScalingGroup': ['autoscaling', 'AWSServiceRoleForAutoScaling'],
  'elasticloadbalancing:CreateLoadBalancer': ['elasticloadbalancing', 'AWSServiceRoleForElasticLoadBalancing'],
};

/** The first use of some services creates the role by which they act. */
export function linkedRole({ service, action }: Call, scope: Scope): Requirement[] {
  const [name, role] = linkedRoles[`${service}:${action}`] ?? [];
  if (!name) return [];
  const principal = `${name}.amazonaws.com`;
  const arn = arnIn(scope, 'iam', `role/aws-service-role/${principal}/${role}`);
  return [
    {
      action: 'iam:CreateServiceLinkedRole',
      resource: { arn, type: 'role' },
      context: { 'iam:AWSServiceName': principal },
    },
  ];
}
