import { randomUUID } from 'node:crypto';
import type { Input } from './input.ts';
import type { Protocol, Value } from './protocol.ts';

/** The AWS Query protocol: calls are forms, answers XML. */
export const queryProtocol: Protocol = {
  name: 'query',
  type: 'text/xml',
  parse: (body, { 'x-amz-target': target }) => {
    const input = inputOf(body);
    const { Action: action } = input;
    return typeof action === 'string' && target === undefined ? { action, input } : undefined;
  },
  answer: ({ service, action }, value) => {
    const opening = `<${action}Response xmlns="${namespaces[service] ?? ''}">`;
    if (service === 'ec2') return `${opening}<requestId>${randomUUID()}</requestId>${xml(value)}</${action}Response>`;
    const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
    return `${opening}<${action}Result>${xml(value)}</${action}Result>${metadata}</${action}Response>`;
  },
  error: (service, code, message) => {
    const content = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
    if (service === 'ec2')
      return `<Response><Errors><Error>${content}</Error></Errors><RequestID>${randomUUID()}</RequestID></Response>`;
    const error = `<Error><Type>Sender</Type>${content}</Error><RequestId>${randomUUID()}</RequestId>`;
    return `<ErrorResponse xmlns="${namespaces[service] ?? ''}">${error}</ErrorResponse>`;
  },
};

// By the names of services in IAM.
const namespaces: Record<string, string> = {
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  autoscaling: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  cloudwatch: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  elasticloadbalancing: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
};

// `Tags.member.1.Key=a`: a structure in a list, in a structure. EC2 writes `Tag.1.Key=a`.
function inputOf(form: string): Input {
  const input: Input = Object.create(null);
  for (const [path, value] of new URLSearchParams(form)) {
    const names = path.split('.').filter((name) => name !== 'member');
    const last = names.pop() ?? '';
    const parent = names.reduce(structureIn, input);
    // Of a parameter that is given twice, the emulator takes the first.
    parent[last] ??= value;
  }
  return withLists(input) as Input;
}

function structureIn(parent: Input, name: string): Input {
  if (typeof parent[name] !== 'object') parent[name] = Object.create(null);
  return parent[name] as Input;
}

function withLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withLists(member)] as const);
  const isList = members.length > 0 && members.every(([name]) => /^\d+$/.test(name));
  return isList ? members.map(([, member]) => member) : Object.fromEntries(members);
}

/** Renders a value of an answer. */
export function xml(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  if (value instanceof Map)
    return [...value].map(([key, inner]) => `<entry>${xml({ key, value: inner })}</entry>`).join('');
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => `<${name}>${xml(inner)}</${name}>`)
    .join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes a text for the content of an element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
