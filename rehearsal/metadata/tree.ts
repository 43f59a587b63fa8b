import { emulatedAccount } from '../emulator/account.ts';
import type { DesiredInstance } from '../emulator/desired-state.ts';
import type { Credentials } from '../gateway/signature.ts';

/** Returns the metadata of an instance, by the path below `/latest/`. */
export function metadataOf(instance: DesiredInstance, region: string, credentials: Credentials): Map<string, string> {
  const { role } = instance;
  const host = `ip-${instance.address.replaceAll('.', '-')}`;
  const leaves: Record<string, string> = {
    'user-data': instance.userData,
    'dynamic/instance-identity/document': JSON.stringify(identity(instance, region), null, 2),
    'meta-data/ami-id': instance.imageId,
    'meta-data/hostname': host,
    'meta-data/instance-id': instance.id,
    'meta-data/instance-type': instance.instanceType,
    'meta-data/local-hostname': host,
    'meta-data/local-ipv4': instance.address,
    'meta-data/placement/availability-zone': instance.zone,
    'meta-data/placement/region': region,
    ...(role && { [`meta-data/iam/security-credentials/${role}`]: credentialDocument(credentials) }),
  };
  return new Map(Object.entries(leaves));
}

/** Returns the value at `path`, or a list of the names below it, in which folders end with a slash. */
export function lookUp(tree: Map<string, string>, path: string): string | undefined {
  const clean = path.replace(/^\/+|\/+$/g, '');
  const leaf = tree.get(clean);
  if (leaf !== undefined) return leaf;
  const folder = clean === '' ? '' : `${clean}/`;
  const below = [...tree.keys()].filter((key) => key.startsWith(folder)).map((key) => key.slice(folder.length));
  if (below.length === 0) return undefined;
  return [...new Set(below.map((rest) => rest.replace(/\/.*$/, '/')))].join('\n');
}

function identity({ id, address, instanceType, imageId, zone }: DesiredInstance, region: string) {
  return {
    accountId: emulatedAccount,
    architecture: 'x86_64',
    availabilityZone: zone,
    imageId,
    instanceId: id,
    instanceType,
    privateIp: address,
    region,
    version: '2017-09-30',
  };
}

function credentialDocument({ accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): string {
  const document = {
    Code: 'Success',
    LastUpdated: new Date().toISOString(),
    Type: 'AWS-HMAC',
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: expiration.toISOString(),
  };
  return JSON.stringify(document, null, 2);
}
