import type { Request } from 'express';
import { Problem } from '../problems/problem.ts';

/** The type of a body whose sender named none. */
export const untyped = '';

/** Refuses a body whose type, character set or compression isn't one that the service reads. */
export function checkMediaType(request: Request, accepted: readonly string[]): void {
  const given = request.headers['content-type'] ?? untyped;
  if (!isAccepted(given, accepted)) throw unsupported(`a body of type ${accepted.filter(Boolean).join(' or ')}`, given);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported('a body that is not compressed', encoding);
}

function isAccepted(given: string, accepted: readonly string[]): boolean {
  // Nearly every client sends exactly the type, which needs no parsing.
  return accepted.includes(given) || isAcceptedWithParameters(given.toLowerCase(), accepted);
}

function isAcceptedWithParameters(given: string, accepted: readonly string[]): boolean {
  const [type = '', ...parameters] = given.split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return accepted.includes(type) && (charset === undefined || /^"?utf-?8"?$/.test(charset));
}

function unsupported(expected: string, given: string): Problem {
  const got = given === untyped ? 'nothing' : JSON.stringify(given.slice(0, 100));
  return new Problem('unsupported-media-type', `Expected ${expected}, got ${got}.`);
}
