import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { authorizationOf } from '../../rehearsal/gateway/signature.ts';
import { type Call, callOf } from '../../rehearsal/protocols/call.ts';

/** Reads the call in a request, as a server of AWS does. */
export async function receiveCall(request: IncomingMessage): Promise<Call | undefined> {
  const { method = '', url = '', headers } = request;
  const service = authorizationOf(request)?.service ?? '';
  return callOf({ service, method, url, headers, body: await buffer(request) });
}
