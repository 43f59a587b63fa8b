import type { Call } from '../protocols/call.ts';
import { structuresOf } from '../protocols/input.ts';

/** The values of condition keys. */
export type Context = Record<string, string | string[]>;

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

/** Returns the condition keys of the tags that a call gives to resources of a type. */
export function tagContext(call: Call, type: string | undefined): Context {
  const tags = tagsOf(call, type);
  if (tags.length === 0) return {};
  const values = tags.map(([key, value]) => [`aws:RequestTag/${key}`, value]);
  return { ...Object.fromEntries(values), 'aws:TagKeys': tags.map(([key]) => key) };
}
