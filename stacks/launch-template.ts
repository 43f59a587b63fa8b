import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import type { Construct } from 'constructs';
import { sha256 } from '../common/checksum.ts';
import type { MachineImage } from './machines.ts';

export interface LaunchTemplateProps {
  /** The prefix of the template's name, which the machines have as their name. */
  name: string;
  image: MachineImage;
  instanceType: string;
  diskGigabytes: number;
  /** The script that machines run at their first boot, as text. */
  userData: string;
  securityGroupId: string;
  instanceProfileArn: string;
  /** The tags of every machine and its disk, beside `Name`. */
  tags: Record<string, string>;
}

/**
 * What machines boot with. Each revision has a template of its own, never a second version: what a machine booted from cannot
 * change.
 */
export function createLaunchTemplate(scope: Construct, props: LaunchTemplateProps): LaunchTemplate {
  const { image, diskGigabytes: volumeSize, name } = props;
  const disk = { encrypted: 'true', volumeType: 'gp3', volumeSize, deleteOnTermination: 'true' };
  const tags = { ...props.tags, Name: name };
  return new LaunchTemplate(scope, 'launch-template', {
    name: `${name}-${revisionOf(props)}`,
    imageId: image.id,
    instanceType: props.instanceType,
    userData: Buffer.from(props.userData).toString('base64'),
    iamInstanceProfile: { arn: props.instanceProfileArn },
    networkInterfaces: [
      { associatePublicIpAddress: 'true', deleteOnTermination: 'true', securityGroups: [props.securityGroupId] },
    ],
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: image.rootDevice, ebs: disk }],
    tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
    // A change of tags replaces no machine: those of the next revision have them.
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ['tags', 'tag_specifications'] },
  });
}

/** Returns eight hexadecimal digits that change with everything that a machine boots with. */
function revisionOf({ userData, instanceType, image, diskGigabytes }: LaunchTemplateProps): string {
  return sha256(JSON.stringify([userData, instanceType, image.id, diskGigabytes])).slice(0, 8);
}
