import type { Call } from '../protocols/call.ts';
import { type Input, structuresOf } from '../protocols/input.ts';
import type { AccountReader } from './account-reader.ts';

type Completion = (input: Input, reader: AccountReader, action: string) => Promise<Input>;

/** Adds to a call the resources that it names by something else, as the emulator knows them. */
export async function complete(call: Call, reader: AccountReader): Promise<Call> {
  const { service, action, input } = call;
  const more = await completions[service]?.(input, reader, action);
  return { ...call, input: { ...input, ...more } };
}

const completions: Record<string, Completion> = {
  // By an instance, or by the tags of several groups.
  autoscaling: async ({ AutoScalingGroupName: name, InstanceId: instance, Tags }, reader) => {
    if (name !== undefined) return {};
    const tagged = structuresOf(Tags).map(({ ResourceId }) => ResourceId);
    const group = typeof instance === 'string' ? await reader.groupOf(instance) : undefined;
    return { AutoScalingGroupName: [...tagged, group] };
  },
  ec2: async ({ AssociationId: association, SecurityGroupRule: rules }, reader) => ({
    ...(String(association).startsWith('rtbassoc-') && { Associated: await reader.associated(String(association)) }),
    ...(rules !== undefined && { Changed: structuresOf(rules).map(({ SecurityGroupRuleId: id }) => id) }),
  }),
  elasticloadbalancing: async ({ Name: name, Type: type }, _, action) => {
    const kind = { network: 'net', gateway: 'gwy' }[String(type)] ?? 'app';
    return action === 'CreateLoadBalancer' && name !== undefined ? { LoadBalancerName: `${kind}/${name}/*` } : {};
  },
  iam: async ({ RoleName: name, AWSServiceName: service, PermissionsBoundary: boundary }, reader, action) => {
    if (service !== undefined) return { RoleNameWithPath: `aws-service-role/${service}/*` };
    if (typeof name !== 'string' || action === 'CreateRole') return {};
    const role = await reader.role(name);
    return {
      ...(role && { RoleNameWithPath: role.Arn?.replace(/^.*?:role\//, '') }),
      PermissionsBoundary: boundary ?? role?.PermissionsBoundary?.PermissionsBoundaryArn,
    };
  },
  // Log lines name no resources, whatever is in them.
  logs: async () => ({ logEvents: undefined }),
  ssm: async ({ ResourceType: type, ResourceId: id }) =>
    type === 'Parameter' ? { ParameterNameWithoutLeadingSlash: id, ResourceId: undefined } : {},
};
