import type { Input } from './input.ts';
import type { Protocol, Value } from './protocol.ts';

/** The protocol AWS JSON. */
export const jsonProtocol: Protocol = {
  name: 'json',
  type: 'application/x-amz-json-1.1',
  parse: (body, { 'x-amz-target': target = '' }) => {
    const action = String(target).split('.')[1];
    return action ? { action, input: inputOf(body) } : undefined;
  },
  answer: (_, value) => JSON.stringify(plain(value)),
  error: (_, code, message) => JSON.stringify({ __type: code, message }),
};

// A member that is null is not there.
function inputOf(body: string): Input {
  const value: unknown = JSON.parse(body || '{}', (_, member) => member ?? undefined);
  if (typeof value !== 'object' || Array.isArray(value)) throw new SyntaxError('The body is no JSON object');
  return value as Input;
}

// Dates are seconds since the epoch.
function plain(value: Value): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(members.map(([name, inner]) => [name, plain(inner)]));
}
