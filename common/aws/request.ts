import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { http } from '../node-http.ts';

export interface HttpRequest {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMilliseconds: number;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

// Node's fetch needs WebAssembly, which a Node without its compiler does not have.
const plain = { request: http.request, agent: new http.Agent({ keepAlive: true }) };
const encrypted = { request: httpsRequest, agent: new HttpsAgent({ keepAlive: true }) };

/** Sends a request; the time-out is for the whole answer, whose body the caller reads. */
export function open({ url, method = 'GET', headers = {}, body, timeoutMilliseconds }: HttpRequest) {
  const { request, agent } = url.startsWith('https:') ? encrypted : plain;
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  return new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, headers, agent, signal }, resolve).on('error', reject).end(body);
  });
}

/** Sends a request and reads the whole answer. */
export async function send(request: HttpRequest) {
  const answer = await open(request);
  const { statusCode: status = 0, headers: answered } = answer;
  return { status, headers: answered, body: await text(answer) } satisfies HttpAnswer;
}
