import type { RequestHandler } from 'express';
import { HttpProblem } from '../problems/problem.ts';
import { commonHeaders } from './answer.ts';

/** Answers OPTIONS with the methods of a path and refuses every other method. */
export function onlyMethods(methods: readonly string[]): RequestHandler {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (request, response) => {
    const { method } = request;
    if (method !== 'OPTIONS') {
      throw new HttpProblem('method-not-allowed', `Expected ${allow}, got ${method}.`, { headers: { Allow: allow } });
    }
    response.writeHead(204, ['Allow', allow, ...commonHeaders(request)]).end();
  };
}
