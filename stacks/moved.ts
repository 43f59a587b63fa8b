import { TerraformResource, type TerraformStack } from 'cdktf';
import { readableAddress } from '../common/readable-address.ts';
import { releaseIdOf } from '../common/release-id.ts';

/** A resource that has another address than in an earlier version of this project. */
export interface Moved {
  from: string;
  to: string;
}

/** What a version with one fleet has left in the state, and what its machines are now. */
export interface EarlierVersion {
  /** The addresses of its resources. */
  addresses: readonly string[];
  /** The name of the revision that they become. */
  revision: string;
  /** The SHA-256 of its release. */
  release: string;
}

/** Returns where the resources of an earlier version are in a stack: on the blue track. */
export function movedToBlue(stack: TerraformStack, { addresses, revision, release }: EarlierVersion): Moved[] {
  const id = releaseIdOf(release);
  const renamed: Record<string, string> = {
    'aws_launch_template.fleet_launch-template': `aws_launch_template.${revision}_launch-template`,
    'aws_lb_target_group.balancer_target-group': 'aws_lb_target_group.balancer_blue',
    'aws_s3_object.release-store_release': `aws_s3_object.release-store_release-${id}`,
    'aws_s3_object.release-store_manifest': `aws_s3_object.release-store_manifest-${id}`,
  };
  const addressOf = new Map(
    stack.node
      .findAll()
      .filter((node) => node instanceof TerraformResource)
      .map((resource) => [readableAddress(addressIn(resource)), addressIn(resource)]),
  );
  return addresses.flatMap((from) => {
    const name = readableAddress(from);
    const to = addressOf.get(renamed[name] ?? name.replace('.fleet_', '.blue_'));
    return to === undefined || to === from ? [] : [{ from, to }];
  });
}

/** Returns the address of a resource in Terraform. */
export function addressIn({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
