import type { Check, Result } from '../../acceptance/check.ts';

/** A check of one page, which expects `yes`. */
export function check(name: string, observe: Check['observe'] = async () => 'yes'): Check {
  return { name, expected: 'yes', page: 'A page', observe };
}

/** The result of such a check. */
export function result(name: string, observed: string): Result {
  return { name, expected: 'yes', page: 'A page', observed, seconds: 1.26 };
}
