import type { OutgoingHttpHeader } from 'node:http';
import type { Request, Response } from 'express';
import { traceResponse } from '../observe/trace.ts';

/** Answers with JSON, without the charset and the entity tag that Express' `json()` computes. */
export function answerJson(response: Response, status: number, body: unknown, type = 'application/json'): void {
  answer(response, status, JSON.stringify(body), type);
}

/** Answers with text or bytes of a media type. */
export function answer(response: Response, status: number, payload: string | Buffer, type: string): void {
  const length = Buffer.byteLength(payload);
  const headers = commonHeaders(response.req);
  headers.push('Content-Type', type, 'Content-Length', length);
  response.writeHead(status, headers);
  // ASCII text has the same bytes in Latin-1, which needs no conversion.
  if (length === payload.length) response.end(payload, 'latin1');
  else response.end(payload);
}

/**
 * Returns the headers of every answer, names and values in turn. `writeHead` takes them at once; headers that are set one by
 * one are each validated, stored and looked up again.
 */
export function commonHeaders({ id, rateLimit, trace }: Request, caching = 'no-store'): OutgoingHttpHeader[] {
  const headers = ['X-Content-Type-Options', 'nosniff', 'Cache-Control', caching, 'X-Request-Id', id];
  if (rateLimit) headers.push('RateLimit-Policy', rateLimit.policy, 'RateLimit', rateLimit.state);
  if (trace) headers.push('traceresponse', traceResponse(trace));
  return headers;
}
