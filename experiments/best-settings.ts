import { stringify } from 'yaml';
import type { Candidate } from './candidate.ts';

/** Returns the settings of a candidate, as a stage would say them, in YAML. */
export function bestSettings({ model }: Pick<Candidate, 'model'>): string {
  return stringify({ model }, { lineWidth: 0, flowCollectionPadding: true });
}
