import type { Rehearsal } from '../faults/rehearsal.ts';

/** A deployment that is measured. */
export interface Case {
  name: string;
  /** Carries it out, and returns what to print of it and whether it went as it has to. */
  run: (rehearsal: Rehearsal) => Promise<Outcome>;
}

export interface Outcome {
  report: string;
  isGood: boolean;
}
