import type { IncomingMessage } from 'node:http';
import { type QueryCall, serviceOf, type Value } from './query.ts';

/** Parses the body of a request in the protocol AWS JSON; its input has the form of the Query protocol. Undefined if it is no call. */
export function parseJsonCall({ headers }: IncomingMessage, body: string): QueryCall | undefined {
  const action = String(headers['x-amz-target'] ?? '').split('.')[1];
  if (!action) return undefined;
  const parameters = new URLSearchParams([...flatten(JSON.parse(body || '{}'))]);
  return { service: serviceOf(headers.authorization), action, parameters };
}

// { Dimensions: [{ Name: 'a' }] }: Dimensions.member.1.Name=a
function* flatten(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null) {
    if (value !== null && value !== undefined) yield [path, String(value)];
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const name = Array.isArray(value) ? `member.${Number(key) + 1}` : key;
    yield* flatten(inner, path ? `${path}.${name}` : name);
  }
}

/** Returns the JSON of a successful answer. */
export function jsonAnswer(result: Value): string {
  return JSON.stringify(plain(result));
}

// Dates are seconds since the epoch.
function plain(value: Value): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** Returns the JSON of an error; `code` is one that the service documents. */
export function jsonError(code: string, message: string): string {
  return JSON.stringify({ __type: code, message });
}
