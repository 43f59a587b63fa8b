import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import type { Construct } from 'constructs';
import type { MachineImage } from './machines.ts';

export interface LaunchTemplateProps {
  /** The name of the machines; that of the template is this and its revision. */
  name: string;
  /** What tells the template from the others of these machines: it changes with everything that they boot with. */
  revision: string;
  image: MachineImage;
  instanceType: string;
  diskGigabytes: number;
  /** The script that machines run at their first boot, in base64. */
  userData: string;
  securityGroupId: string;
  instanceProfileArn: string;
  /** The tags of every machine and its disk, beside `Name`. */
  tags: Record<string, string>;
  /** The attributes that stay what they were when the template was made. */
  ignoreChanges: string[] | 'all';
}

/**
 * What machines boot with. Each revision has a template of its own, never a second version: what a machine booted from cannot
 * change.
 */
export function createLaunchTemplate(scope: Construct, props: LaunchTemplateProps): LaunchTemplate {
  const { image, diskGigabytes: volumeSize, name, revision, ignoreChanges } = props;
  const disk = { encrypted: 'true', volumeType: 'gp3', volumeSize, deleteOnTermination: 'true' };
  const tags = { ...props.tags, Name: name };
  return new LaunchTemplate(scope, 'launch-template', {
    name: `${name}-${revision}`,
    imageId: image.id,
    instanceType: props.instanceType,
    userData: props.userData,
    iamInstanceProfile: { arn: props.instanceProfileArn },
    networkInterfaces: [
      { associatePublicIpAddress: 'true', deleteOnTermination: 'true', securityGroups: [props.securityGroupId] },
    ],
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: image.rootDevice, ebs: disk }],
    tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
    lifecycle: { createBeforeDestroy: true, ignoreChanges },
  });
}
