import type { IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { CallError } from './call-error.ts';
import type { Input } from './input.ts';
import { jsonProtocol } from './json.ts';
import type { Protocol } from './protocol.ts';
import { queryProtocol } from './query.ts';
import { restProtocol } from './rest.ts';

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

/** A call in the Query or a JSON protocol. */
export interface Call {
  /** As IAM names it. */
  service: string;
  action: string;
  input: Input;
}

/** The services that IAM names otherwise than signatures. */
const servicesInIam: Record<string, string> = { monitoring: 'cloudwatch' };

/** Returns the name in IAM of a service that a request is signed for. */
export function serviceInIam(service: string): string {
  return servicesInIam[service] ?? service;
}

/** Parses a call. Undefined when it is none, or when the emulator might understand another one than this function. */
export function callOf({ service, url, headers, body }: SignedRequest): Call | undefined {
  // The emulator prefers an action in the query.
  if (url !== '/') return undefined;
  try {
    const found = protocolOf(headers).parse(textOf(body, headers['content-encoding']), headers);
    return found && { service: serviceInIam(service), ...found };
  } catch (error) {
    throw new CallError('SerializationException', (error as Error).message);
  }
}

/** Returns the text of a body, which may be compressed. */
function textOf(body: Buffer | undefined, encoding: string | undefined): string {
  return (encoding === 'gzip' && body ? gunzipSync(body) : body)?.toString() ?? '';
}

/** Returns the protocol of a request; one that says nothing of it is of S3. */
export function protocolOf({ 'content-type': type = '', 'x-amz-target': target }: IncomingHttpHeaders): Protocol {
  if (type.startsWith('application/x-www-form-urlencoded')) return queryProtocol;
  return target !== undefined || /^application\/(?:x-amz-)?json/.test(type) ? jsonProtocol : restProtocol;
}
