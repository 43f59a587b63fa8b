import { createHash } from 'node:crypto';

/** The binary digits of a name's share: 128 parts are fine enough for a whole percentage. */
export const shareDigits = 7;

/** Returns the binary digits of a name's hash, which say where it is among all names. */
export function shareOf(name: string): string {
  return digitsOf(createHash('sha256').update(name).digest().readUInt8() >> (8 - shareDigits));
}

/**
 * Returns the beginnings of the digits of those names that are among the first `percent` of all, in the order that a salt gives them: at
 * most seven, none of which begins another.
 */
export function firstShares(percent: number, salt: string): string[] {
  const parts = 2 ** shareDigits;
  const count = Math.min(Math.max(Math.round((parts * percent) / 100), 1), parts - 1);
  const end = digitsOf(count);
  const mask = shareOf(salt);
  return [...end].flatMap((digit, index) => (digit === '1' ? [masked(`${end.slice(0, index)}0`, mask)] : []));
}

function digitsOf(value: number): string {
  return value.toString(2).padStart(shareDigits, '0');
}

function masked(digits: string, mask: string): string {
  return [...digits].map((digit, index) => Number(digit !== mask[index])).join('');
}
