import { stringify } from 'yaml';
import type { Candidate } from './candidate.ts';

/** Returns the settings of a candidate, as a stage would say them, in YAML. */
export function bestSettings({ model: { algorithm, features, cost } }: Pick<Candidate, 'model'>): string {
  const model = { profile: 'default', algorithm, ...(cost !== undefined && { cost }), features };
  return stringify({ model }, { lineWidth: 0, flowCollectionPadding: true });
}
