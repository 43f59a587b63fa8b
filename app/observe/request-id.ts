import { randomBytes } from 'node:crypto';
import { threeDigits } from '../http/decimal.ts';

const wellFormed = /^[A-Za-z0-9._-]{8,64}$/;

let series = '';
let left = 0;

/** The proxy's request id where it is one that can stand in a log line, else a new one. */
export function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && wellFormed.test(given) ? given : nextId();
}

// Random bits for each request would cost more than reading its headers; a thousand in a row share theirs.
function nextId(): string {
  if (left === 0) {
    series = randomBytes(12).toString('hex');
    left = threeDigits.length;
  }
  left -= 1;
  return `${series}-${threeDigits[left]}`;
}
