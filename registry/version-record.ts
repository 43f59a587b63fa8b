import { z } from 'zod';
import type { Manifest } from '../model/artifact/manifest.ts';

const moment = z.iso.datetime();
const source = z.object({ rows: z.int().min(0), sha256: z.string() });

/** What the registry keeps of a version of a model. A newer program may write more. */
export const versionRecord = z.object({
  format: z.literal(1),
  version: z.int().min(1),
  /** The digest of the artifact: two versions never have the same. */
  artifact: z.string().regex(/^[0-9a-f]{12}$/),
  registeredAt: moment,
  /** The program that trained it, and the commit of the checkout that registered it; null without one. */
  code: z.object({ intentFleet: z.string(), commit: z.string().nullable() }),
  /** How it learned. */
  parameters: z.object({ profile: z.string(), algorithm: z.string(), seed: z.int() }),
  data: z.object({ train: source, test: source }),
  intents: z.int().min(1),
  metrics: z.object({
    /** The test texts that have an intent. */
    examples: z.int().min(0),
    accuracy: z.number().min(0).max(1),
    accuracyInterval: z.tuple([z.number(), z.number()]),
    calibrationError: z.number().min(0).max(1),
  }),
  /** The size of its files. */
  bytes: z.int().min(0),
});

export type VersionRecord = z.output<typeof versionRecord>;

/** What is known of a model when it is registered, beside its artifact. */
export interface Registration {
  now: Date;
  commit: string | null;
}

/** Describes a model as a version of the registry. */
export function describeVersion(
  version: number,
  manifest: Manifest,
  bytes: number,
  { now, commit }: Registration,
): VersionRecord {
  const { profile, algorithm, seed, data, labels, metrics, versions } = manifest;
  const { examples, accuracy, accuracyInterval, calibrationError } = metrics;
  return {
    format: 1,
    version,
    artifact: manifest.version,
    registeredAt: now.toISOString(),
    code: { intentFleet: versions.intentFleet, commit },
    parameters: { profile, algorithm, seed },
    data: { train: data.train, test: data.test },
    intents: labels.length,
    metrics: { examples, accuracy, accuracyInterval: [...accuracyInterval], calibrationError },
    bytes,
  };
}
