import type { Environment } from './environment.ts';

/** One behaviour of AWS, and how it is observed. */
export interface Check {
  name: string;
  /** What is observed where the target does what AWS documents. */
  expected: string;
  /** The title of the page of AWS' documentation that says so. */
  page: string;
  /** Puts back what it changes. */
  observe: (environment: Environment) => Promise<string>;
}

export interface Result extends Pick<Check, 'name' | 'expected' | 'page'> {
  observed: string;
  seconds: number;
}

/** Tells whether a target does what AWS documents. */
export function agrees({ expected, observed }: Result): boolean {
  return observed === expected;
}
