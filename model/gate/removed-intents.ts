import { Document, type YAMLSeq } from 'yaml';
import type { Manifest } from '../artifact/manifest.ts';
import type { GateSettings } from '../settings.ts';

type Labels = Pick<Manifest, 'labels'>;

/** Returns the intents of the model in service that another model does not know. */
export function leavingIntents(candidate: Labels, inService: Labels): string[] {
  return inService.labels.filter((label) => !candidate.labels.includes(label));
}

/**
 * Returns the leaving intents that the settings do not name. A model of the example data (`isExample`) may be replaced as a
 * whole: no client depends on its intents.
 */
export function withoutConsent(
  leaving: readonly string[],
  inService: Labels,
  { removedIntents }: GateSettings,
  isExample: boolean,
): string[] {
  if (isExample && leaving.length === inService.labels.length) return [];
  return leaving.filter((intent) => !removedIntents.includes(intent));
}

/** Returns the lines of a stage file that let intents leave. */
export function consentLines(removedIntents: readonly string[]): string {
  const document = new Document({ model: { gate: { removedIntents } } });
  (document.getIn(['model', 'gate', 'removedIntents']) as YAMLSeq).flow = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
}
