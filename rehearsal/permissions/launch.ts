import type { LaunchTemplateSpecification, LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import type { Call } from '../protocols/call.ts';
import { type Input, valueAt } from '../protocols/input.ts';
import type { AccountReader } from './account-reader.ts';

/** Where calls name the launch template that machines are launched from. */
const templatePaths: Record<string, string[]> = {
  CreateAutoScalingGroup: ['LaunchTemplate', 'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification'],
  RunInstances: ['LaunchTemplate'],
  StartInstanceRefresh: ['DesiredConfiguration.LaunchTemplate'],
};

/**
 * Returns the call that launches machines from the launch template in a call: Auto Scaling lets only those give it to a group
 * who could launch them. Undefined where a call names no template.
 */
export async function launchOf({ action, input }: Call, reader: AccountReader): Promise<Call | undefined> {
  const paths = templatePaths[action.replace(/^Update/, 'Create')] ?? [];
  const named = paths.map((path) => valueAt(input, path)).find((value) => value !== undefined);
  const template = named && (await reader.launchTemplate(named as LaunchTemplateSpecification));
  if (!template) return undefined;
  const own = action === 'RunInstances' ? input : { SubnetId: String(input.VPCZoneIdentifier ?? '').split(',') };
  return { service: 'ec2', action: 'RunInstances', input: { ...inputOf(template), ...own } };
}

function inputOf({ LaunchTemplateId, LaunchTemplateData: data = {} }: LaunchTemplateVersion): Input {
  const interfaces = data.NetworkInterfaces ?? [];
  return {
    LaunchTemplateId,
    ImageId: data.ImageId,
    InstanceType: data.InstanceType,
    KeyName: data.KeyName,
    IamInstanceProfile: data.IamInstanceProfile,
    SecurityGroupId: [...(data.SecurityGroupIds ?? []), ...interfaces.flatMap(({ Groups = [] }) => Groups)],
    InterfaceSubnetId: interfaces.map(({ SubnetId }) => SubnetId),
    TagSpecification: (data.TagSpecifications ?? []).map(({ ResourceType, Tags }) => ({ ResourceType, Tag: Tags })),
  };
}
