import { actionOf } from './actions.ts';
import type { Scope } from './arns.ts';
import type { Requirement } from './dependents.ts';
import type { Principal } from './principal.ts';
import type { Context } from './tags.ts';

/** Returns the condition keys of a request: of those that are known, the ones that AWS documents for action and resource. */
export async function contextOf(requirement: Requirement, principal: Principal, scope: Scope): Promise<Context> {
  const { action, resource, context } = requirement;
  const [service = '', name = ''] = action.split(':');
  const { conditionKeys = [], types = [] } = (await actionOf(service, name)) ?? {};
  const ofType = types.find(({ key }) => key === resource.type)?.conditionKeys ?? [];
  const documented = [...conditionKeys, ...ofType].map((key) => key.replace(/\/.*/, ''));
  const applicable = Object.entries(context).filter(([key]) => documented.includes(key.replace(/\/.*/, '')));
  return { ...globalContext(principal, scope), ...Object.fromEntries(applicable) };
}

/** Returns the condition keys of a resource's tags, which each service has under a name of its own, too. */
export function resourceTags(action: string, tags: [key: string, value: string][]): Context {
  const prefixes = ['aws', action.split(':')[0]];
  return Object.fromEntries(
    tags.flatMap(([key, value]) => prefixes.map((prefix) => [`${prefix}:ResourceTag/${key}`, value])),
  );
}

function globalContext({ arn, userId }: Principal, { region, account }: Scope): Context {
  return {
    'aws:CurrentTime': new Date().toISOString(),
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': arn.replace(/:sts::(.*):assumed-role\/(.*)\/.*$/, ':iam::$1:role/$2'),
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': account,
    // How the rehearsal's own requests travel is no part of what is rehearsed.
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    'aws:userid': userId,
  };
}
