import type { IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** A request whose signature is verified. */
export interface SignedRequest {
  /** The service that it is signed for. */
  service: string;
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  /** Undefined for an object on its way to S3. */
  body: Buffer | undefined;
}

/** The input of a call; a list may be a structure whose names are numbers. */
export type Input = Record<string, unknown>;

/** A call in the Query or a JSON protocol. */
export interface Call {
  /** As IAM names it. */
  service: string;
  action: string;
  input: Input;
}

/** The services that IAM names otherwise than signatures. */
const servicesInIam: Record<string, string> = { monitoring: 'cloudwatch' };

/** Parses a call. Undefined when it is none, or when the emulator might understand another one than this function. */
export function callOf({ service, url, headers, body }: SignedRequest): Call | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const target = headers['x-amz-target'];
  // The emulator prefers an action in the query, and a form over the header.
  if (url !== '/' || isForm === (target !== undefined)) return undefined;
  const text = textOf(body, headers['content-encoding']);
  const input = isForm ? formInput(text) : jsonInput(text);
  const action = isForm ? input?.Action : String(target).split('.').at(-1);
  if (!input || typeof action !== 'string') return undefined;
  return { service: servicesInIam[service] ?? service, action, input };
}

/** Returns the text of a body, which may be compressed. */
export function textOf(body: Buffer | undefined, encoding: string | undefined): string {
  return (encoding === 'gzip' && body ? gunzipSync(body) : body)?.toString() ?? '';
}

function jsonInput(text: string): Input | undefined {
  const value: unknown = JSON.parse(text || '{}');
  return typeof value === 'object' && value !== null ? (value as Input) : undefined;
}

// `Tags.member.1.Key=a`: a structure in a list, in a structure.
function formInput(form: string): Input {
  const input: Input = Object.create(null);
  for (const [path, value] of new URLSearchParams(form)) {
    const names = path.split('.').filter((name) => name !== 'member');
    const last = names.pop() ?? '';
    const parent = names.reduce((node, name) => structureIn(node, name), input);
    // Of a parameter that is given twice, the emulator takes the first.
    parent[last] ??= value;
  }
  return input;
}

function structureIn(parent: Input, name: string): Input {
  if (typeof parent[name] !== 'object') parent[name] = Object.create(null);
  return parent[name] as Input;
}

/** Returns the texts of a scalar or of a list of scalars. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).filter((item) => typeof item === 'string');
}

/** Returns all texts, at any depth. */
export function allTextsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allTextsOf) : [];
}

/** Returns the value at a path such as `LaunchTemplate.Version`. */
export function valueAt(input: Input, path: string): unknown {
  return path.split('.').reduce<unknown>((node, name) => (node as Input | undefined)?.[name], input);
}

/** Returns the structures of a list. */
export function structuresOf(list: unknown): Input[] {
  return typeof list === 'object' && list !== null ? (Object.values(list) as Input[]) : [];
}
