import type { Request } from 'express';
import { HttpProblem } from '../problems/problem.ts';

/** The media type of a body without the header Content-Type. */
export const untyped = '';

/** Refuses a body whose media type, character set or encoding is not supported. */
export function checkMediaType(request: Request, accepted: readonly string[]): void {
  const given = request.headers['content-type'] ?? untyped;
  if (!isAccepted(given, accepted)) throw unsupported(`a body of type ${accepted.filter(Boolean).join(' or ')}`, given);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported('a body that is not compressed', encoding);
}

function isAccepted(given: string, accepted: readonly string[]): boolean {
  // Most clients send exactly the type, which needs no parsing.
  return accepted.includes(given) || isAcceptedWithParameters(given.toLowerCase(), accepted);
}

function isAcceptedWithParameters(given: string, accepted: readonly string[]): boolean {
  const [type = '', ...parameters] = given.split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return accepted.includes(type) && (charset === undefined || /^"?utf-?8"?$/.test(charset));
}

function unsupported(expected: string, given: string): HttpProblem {
  const got = given === untyped ? 'nothing' : JSON.stringify(given.slice(0, 100));
  return new HttpProblem('unsupported-media-type', `Expected ${expected}, got ${got}.`);
}
