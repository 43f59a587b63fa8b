import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { programStart, relativePath } from '../common/program-start.ts';
import { check, describeInvalid } from '../common/validation.ts';
import type { MachineFiles } from './machine/files.ts';

/** A text and the intent that the service must answer for it. */
const exampleSchema = z.strictObject({ text: z.string(), intent: z.string() });

/** What the archives of all machines have. */
const common = {
  format: z.literal(7, 'format 7; another version of the bootstrap made this release: run the one inside the release'),
  /** Version of the Node runtime. */
  node: z.string(),
  /** What ships the logs. */
  shipper: programStart,
  /** SHA-256 of each other file, by its path. */
  files: z.record(relativePath, z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
};

/** A release's own description, `release.json` at its root, by the machines that it is for. */
export const releaseManifestSchema = z.discriminatedUnion('machines', [
  z.strictObject({
    machines: z.literal('service'),
    ...common,
    /** Version of the model in artifact/. */
    model: z.string(),
    /** The service. */
    start: programStart,
    /** What keeps the API keys current. */
    keys: programStart,
    /** What stores feedback. */
    feedback: programStart,
    /** What fetches the shadow of this release, and what runs it. */
    shadowFetch: programStart,
    shadow: programStart,
    /** What a machine asks the service before it gets traffic. */
    examples: z.array(exampleSchema),
  }),
  z.strictObject({ machines: z.literal('monitoring'), ...common }),
]);

export type Example = z.infer<typeof exampleSchema>;
export type ReleaseManifest = z.infer<typeof releaseManifestSchema>;
export type ServiceManifest = Extract<ReleaseManifest, { machines: 'service' }>;
export type MonitoringManifest = Extract<ReleaseManifest, { machines: 'monitoring' }>;

/** An unpacked release. */
export interface ReleaseOnDisk<Manifest extends ReleaseManifest = ReleaseManifest> {
  /** The name of its folder: the first 16 digits of its archive's SHA-256. */
  id: string;
  folder: string;
  manifest: Manifest;
}

/** Reads the manifest of the release in a folder. */
export async function openRelease(files: Pick<MachineFiles, 'read'>, path: string): Promise<ReleaseOnDisk> {
  const folder = resolve(path);
  const manifestPath = join(folder, 'release.json');
  const text = await files.read(manifestPath);
  if (text === undefined)
    throw new Error(
      `${manifestPath}: expected the manifest of a release, found no file. Is ${folder} an unpacked release?`,
    );
  return { id: basename(folder), folder, manifest: parseManifest(manifestPath, text) };
}

/** Reads the manifest of a release that serves. */
export async function openServiceRelease(
  files: Pick<MachineFiles, 'read'>,
  path: string,
): Promise<ReleaseOnDisk<ServiceManifest>> {
  const release = await openRelease(files, path);
  if (release.manifest.machines === 'service') return { ...release, manifest: release.manifest };
  throw new Error(`${release.folder}: expected a release that serves, got one for ${release.manifest.machines}`);
}

function parseManifest(path: string, text: string): ReleaseManifest {
  const { data, problems } = check(releaseManifestSchema, parseJson(path, text));
  if (!problems) return data;
  throw new Error(describeInvalid(`${path}: not a release's manifest:`, problems));
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON, ${(error as Error).message}`);
  }
}
