import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import { apiKeyScopes } from './scopes.ts';

/** The name of a key. Those of machines and commands begin with `_`, so that no person can take them. */
export const apiKeyName = z
  .string()
  .regex(/^_?[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'at most 40 lower-case letters, digits and hyphens');

/** What is kept of a key: nothing that proves it. */
export const apiKeyRecord = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
  scopes: z.array(z.enum(apiKeyScopes)).min(1),
  createdAt: z.iso.datetime({ error: 'a time in ISO 8601' }),
  /** When it ends by itself. */
  expiresAt: z.iso.datetime({ error: 'a time in ISO 8601' }).optional(),
});

/** The keys of a stage in the file of a machine. */
export const apiKeyFile = z.object({ keys: z.array(apiKeyRecord.extend({ name: apiKeyName })) });

export type ApiKeyRecord = z.infer<typeof apiKeyRecord>;
export type NamedApiKey = z.infer<typeof apiKeyFile>['keys'][number];

/** Returns the path below which the parameters of a stack's keys are, in the Parameter Store of AWS Systems Manager. */
export function apiKeyPath(stack: string): string {
  return `/${stack}/api-keys`;
}

/** A parameter of the Parameter Store. */
interface Parameter {
  Name?: string | undefined;
  Value?: string | undefined;
}

/** Returns the keys in the parameters below a path, sorted by name, and the names of the parameters that hold none. */
export function keysIn(path: string, parameters: readonly Parameter[]): { keys: NamedApiKey[]; unreadable: string[] } {
  const keys: NamedApiKey[] = [];
  const unreadable: string[] = [];
  for (const { Name = '', Value = '' } of parameters) {
    const name = apiKeyName.safeParse(Name.slice(path.length + 1));
    const record = apiKeyRecord.safeParse(parseJson(Value));
    if (name.success && record.success) keys.push({ name: name.data, ...record.data });
    else unreadable.push(Name);
  }
  return { keys: keys.sort((one, other) => (one.name < other.name ? -1 : 1)), unreadable };
}
