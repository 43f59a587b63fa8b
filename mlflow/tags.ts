import { textFor } from './limits.ts';
import type { Tag } from './runs.ts';

/** The tag of a run and of a version that names the artifact which it made, or is. */
export const artifactTag = 'intent-fleet.artifact';

/** Returns tags as MLflow takes them; one without a value is left out. */
export function tagsFrom(values: Record<string, string | null | undefined>): Tag[] {
  return Object.entries(values).flatMap(([key, value]) => (value ? [{ key, value: textFor('tag', value) }] : []));
}
