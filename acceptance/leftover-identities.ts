import {
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  ListInstanceProfilesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';

/** Removes instance profiles, roles and buckets that carry the prefix; returns their names. */
export async function removeIdentities(clients: Clients, prefix: string): Promise<string[]> {
  return [
    ...(await removeProfiles(clients, prefix)),
    ...(await removeRoles(clients, prefix)),
    ...(await removeBuckets(clients, prefix)),
  ];
}

async function removeProfiles({ iam }: Clients, prefix: string): Promise<string[]> {
  const { InstanceProfiles = [] } = await iam.send(new ListInstanceProfilesCommand({ MaxItems: 1000 }));
  const profiles = InstanceProfiles.filter(({ InstanceProfileName: name }) => name?.startsWith(prefix));
  for (const { InstanceProfileName, Roles = [] } of profiles) {
    for (const { RoleName } of Roles)
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
    await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
  }
  return profiles.map(({ InstanceProfileName = '' }) => InstanceProfileName);
}

async function removeRoles({ iam }: Clients, prefix: string): Promise<string[]> {
  const { Roles = [] } = await iam.send(new ListRolesCommand({ MaxItems: 1000 }));
  const names = Roles.flatMap(({ RoleName: name }) => (name?.startsWith(prefix) ? [name] : []));
  for (const RoleName of names) {
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
  }
  return names;
}

async function removeBuckets({ s3 }: Clients, prefix: string): Promise<string[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const names = Buckets.flatMap(({ Name: name }) => (name?.startsWith(prefix) ? [name] : []));
  for (const Bucket of names) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const Objects = Contents.map(({ Key }) => ({ Key }));
    if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
  }
  return names;
}
