import type { Call } from '../protocols/call.ts';
import { allTextsOf, type Input, textsOf } from '../protocols/input.ts';
import type { Type } from './actions.ts';
import { arnEndings, ec2Types, parametersOf } from './names.ts';

/** Where the account is. */
export interface Scope {
  partition: string;
  region: string;
  account: string;
}

/** Makes the ARN of a resource in the account; IAM's are in no region, and S3's in no account either. */
export function arnIn({ partition, region, account }: Scope, service: string, resource: string): string {
  const place = service === 's3' ? ':' : `${service === 'iam' ? '' : region}:${account}`;
  return `arn:${partition}:${service}:${place}:${resource}`;
}

/** Replaces the variables of an ARN, those that are not known by `*`. */
export function fill(arn: string, scope: Scope, named: (variable: string) => string = () => '*'): string {
  const { partition: Partition, region: Region, account: Account } = scope;
  const known: Record<string, string> = { Partition, Region, Account };
  return arn.replace(/\$\{(\w+)\}/g, (_, variable: string) => known[variable] ?? named(variable));
}

/** Returns the ARNs of a type that a call contains, at any depth. */
export function givenArns({ pattern }: Type, { input }: Call): string[] {
  return allTextsOf(input).filter((text) => pattern.test(text));
}

/** Returns the ARNs of the resources of a type that a call names by their ids or names. */
export function namedArns({ key, arn }: Type, { service, input }: Call, scope: Scope): string[] {
  const whole = arn + (arnEndings[`${service}:${key}`] ?? '');
  const ids = service === 'ec2' ? idsOf(key, input) : [];
  return [...ids.map((id) => fill(arn, scope, () => id)), ...byNames(whole, input, scope)];
}

function idsOf(type: string, input: Input): string[] {
  return Object.values(input)
    .flatMap(textsOf)
    .filter((text) => ec2Types[/^([a-z]+)-[0-9a-f]+$/.exec(text)?.[1] ?? ''] === type);
}

// One ARN for each value of the variables, all of which may be lists.
function byNames(arn: string, input: Input, scope: Scope): string[] {
  let arns = [fill(arn, scope, (variable) => `\${${variable}}`)];
  let isNamed = false;
  for (const [placeholder, variable = ''] of arns[0]?.matchAll(/\$\{(\w+)\}/g) ?? []) {
    const values = valuesOf(variable, input);
    isNamed ||= values.length > 0;
    const replacements = values.length > 0 ? values : ['*'];
    arns = arns.flatMap((text) => replacements.map((value) => text.replace(placeholder, () => value)));
  }
  return isNamed ? arns : [];
}

function valuesOf(variable: string, input: Input): string[] {
  const base = variable.replace(/WithPath$/, '');
  const candidates = [
    [variable],
    [base, `${base}s`],
    parametersOf[variable] ?? [],
    /Name$/.test(base) ? ['Name', 'Names'] : [],
  ];
  const values = candidates
    .map((names) => names.flatMap((name) => parameters(name, input)))
    .find(({ length }) => length > 0);
  const path = variable !== base && !input[variable] ? (textsOf(input.Path)[0] ?? '/').slice(1) : '';
  return (values ?? [])
    .filter((value) => !value.startsWith('arn:'))
    .map((value) => path + (variable.endsWith('WithoutLeadingSlash') ? value.replace(/^\//, '') : value));
}

function parameters(name: string, input: Input): string[] {
  const isNamed = ([key]: [string, unknown]) => key.toLowerCase() === name.toLowerCase();
  return Object.entries(input)
    .filter(isNamed)
    .flatMap(([, value]) => textsOf(value));
}
