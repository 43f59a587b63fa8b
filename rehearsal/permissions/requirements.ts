import type { Call } from '../protocols/call.ts';
import { textsOf } from '../protocols/input.ts';
import type { AccountReader } from './account-reader.ts';
import { arnIn, type Scope } from './arns.ts';
import { complete } from './complete.ts';
import { linkedRole, passedRoles, type Requirement, taggings } from './dependents.ts';
import { launchOf } from './launch.ts';
import { type Resource, resourcesOf } from './resources.ts';
import { tagContext } from './tags.ts';

/** Returns all that AWS asks for before it carries out a call; undefined when the rehearsal cannot tell. */
export async function requirementsOf(
  given: Call,
  scope: Scope,
  reader: AccountReader,
): Promise<Requirement[] | undefined> {
  const call = await complete(given, reader);
  const launch = await launchOf(call, reader);
  if (launch && call.action === 'RunInstances') return ownRequirements(launch, scope, reader);
  const own = await ownRequirements(call, scope, reader);
  const launching = launch ? await ownRequirements(launch, scope, reader) : [];
  return own && launching && [...own, ...launching];
}

async function ownRequirements(call: Call, scope: Scope, reader: AccountReader): Promise<Requirement[] | undefined> {
  const resources = await resourcesOf(call, scope);
  return (
    resources && [
      ...resources.map((resource) => requirement(call, resource, scope)),
      ...taggings(call, resources),
      ...(await passedRoles(call, scope, reader)),
      ...linkedRole(call, scope),
    ]
  );
}

function requirement(call: Call, resource: Resource, scope: Scope): Requirement {
  const { service, action, input } = call;
  const { LaunchTemplateId: template } = input;
  const keys: Record<string, unknown> = {
    'ec2:LaunchTemplate': typeof template === 'string' && arnIn(scope, 'ec2', `launch-template/${template}`),
    'ec2:InstanceType': input.InstanceType,
    'iam:PermissionsBoundary': input.PermissionsBoundary,
    'iam:PolicyARN': input.PolicyArn,
    'iam:AWSServiceName': input.AWSServiceName,
    'cloudwatch:namespace': input.Namespace,
  };
  const known = Object.entries(keys).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const removed = textsOf(input.TagKeys);
  const context = {
    ...Object.fromEntries(known),
    ...(removed.length > 0 && { 'aws:TagKeys': removed }),
    ...tagContext(call, resource.type),
  };
  return { action: `${service}:${action}`, resource, context };
}
