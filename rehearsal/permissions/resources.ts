import type { Call } from '../protocols/call.ts';
import { type ActionType, actionOf, type Type, typesOfService } from './actions.ts';
import { fill, givenArns, namedArns, type Scope } from './arns.ts';
import { tagsOf } from './tags.ts';

/** A resource that an action is decided on. */
export interface Resource {
  /** With `*` for what AWS has not chosen yet, or `*` for an action without resources. */
  arn: string;
  /** Its type in the data of AWS; undefined for `*`. */
  type: string | undefined;
}

/** What a call makes in any case, although the data says that it may. */
const alwaysMade: Record<string, string> = { RunInstances: 'volume' };

const everything: Resource = { arn: '*', type: undefined };

/** Returns the resources of a call by the data of AWS and the tables of names.ts; undefined when they cannot tell. */
export async function resourcesOf(call: Call, scope: Scope): Promise<Resource[] | undefined> {
  const { service, action } = call;
  const types = (await actionOf(service, action))?.types;
  if (!types) return undefined;
  if (types.length === 0) return [everything];
  const found = types.flatMap((type) => resources([...givenArns(type, call), ...namedArns(type, call, scope)], type));
  const made = madeBy(call, types, found).flatMap((type) => resources([fill(type.arn, scope)], type));
  if (found.length + made.length > 0) return [...found, ...made];
  const others = await otherTypes(call);
  return others.length > 0 ? others : withoutNames(action, types, scope);
}

function resources(arns: string[], { key }: Type): Resource[] {
  return [...new Set(arns)].map((arn) => ({ arn, type: key }));
}

// With what an action makes, AWS decides by the tags in the request.
function madeBy(call: Call, types: ActionType[], found: Resource[]): ActionType[] {
  if (call.action.endsWith('Tags')) return [];
  return types
    .filter(({ conditionKeys }) => conditionKeys.some((key) => key.startsWith('aws:RequestTag/')))
    .filter(({ key }) => !found.some(({ type }) => type === key))
    .filter(({ key, isRequired }) => isRequired || key === alwaysMade[call.action] || tagsOf(call, key).length > 0);
}

// The data of load balancers has the types of their first generation for the actions of both.
async function otherTypes(call: Call): Promise<Resource[]> {
  return (await typesOfService(call.service)).flatMap((type) => resources(givenArns(type, call), type));
}

// All of a list, or what AWS names.
function withoutNames(action: string, types: ActionType[], scope: Scope): Resource[] | undefined {
  const required = types.filter(({ isRequired }) => isRequired);
  if (required.length === 0) return [everything];
  if (!/^(?:Describe|List|Create|Import)/.test(action)) return undefined;
  return required.flatMap((type) => resources([fill(type.arn, scope)], type));
}
