import type { OutgoingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import { traceResponse } from '../observe/trace.ts';

/** Answers with JSON. Express' own `json()` also negotiates a charset and an entity tag, which no client of ours reads. */
export function answerJson(response: Response, status: number, body: unknown, type = 'application/json'): void {
  answer(response, status, JSON.stringify(body), type);
}

/** Answers with text or bytes of a stated type. */
export function answer(response: Response, status: number, payload: string | Buffer, type: string): void {
  const headers = commonHeaders(response.req);
  headers['Content-Type'] = type;
  headers['Content-Length'] = Buffer.byteLength(payload);
  response.writeHead(status, headers);
  response.end(payload);
}

/** What every answer says. All at once: headers that are set one by one are each checked, stored and looked up again. */
export function commonHeaders({ id, rateLimit, trace }: Request): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'X-Request-Id': id,
  };
  if (rateLimit) Object.assign(headers, rateLimit);
  if (trace) headers.traceresponse = traceResponse(trace);
  return headers;
}
