import type { Request } from 'express';
import { Problem } from '../problems/problem.ts';

/** Refuses a body whose type, character set or compression isn't one that the service reads. */
export function checkMediaType(request: Request, accepted: readonly string[]): void {
  const given = request.headers['content-type'];
  if (!isAccepted(given, accepted)) throw unsupported(`a body of type ${accepted.join(' or ')}`, given);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported('a body that is not compressed', encoding);
}

function isAccepted(given: string | undefined, accepted: readonly string[]): boolean {
  if (given === undefined) return false;
  // Nearly every client sends exactly the type, which needs no parsing.
  return accepted.includes(given) || isAcceptedWithParameters(given.toLowerCase(), accepted);
}

function isAcceptedWithParameters(given: string, accepted: readonly string[]): boolean {
  const [type = '', ...parameters] = given.split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return accepted.includes(type) && (charset === undefined || /^"?utf-?8"?$/.test(charset));
}

function unsupported(expected: string, given: string | undefined): Problem {
  const got = given === undefined ? 'nothing' : JSON.stringify(given.slice(0, 100));
  return new Problem('unsupported-media-type', `Expected ${expected}, got ${got}.`);
}
