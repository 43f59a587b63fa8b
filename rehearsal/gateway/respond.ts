import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, protocolOf, serviceInIam } from '../protocols/call.ts';
import type { Value } from '../protocols/protocol.ts';
import { authorizationOf } from './signature.ts';

/** Answers a call, in the form of the request's protocol. */
export function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  call: Pick<Call, 'service' | 'action'>,
  value: Value,
): void {
  const { type, answer } = protocolOf(incoming.headers);
  const body = answer(call, value);
  outgoing.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** An error, with AWS' code. */
export interface ErrorResponse {
  status: number;
  code: string;
  message: string;
}

/** Answers a request by an error, in the form of its protocol. */
export function respondWithError(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, code, message }: ErrorResponse,
): undefined {
  const { name, type, error } = protocolOf(incoming.headers);
  const body = error(serviceInIam(authorizationOf(incoming)?.service ?? ''), code, message);
  // The body of the request may not have been read.
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body), connection: 'close' };
  outgoing.writeHead(status, { ...headers, ...(name === 'json' && { 'x-amzn-errortype': code }) }).end(body);
}
