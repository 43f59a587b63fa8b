import { z } from 'zod';
import { check, describeInvalid } from '../../common/validation.ts';
import { ArtifactError, orRefuse } from './error.ts';
import { upgradeFormat1 } from './format-1.ts';
import { upgradeFormat2 } from './format-2.ts';
import { artifactFormat, type Manifest, manifestSchema, vectorFormat } from './manifest.ts';

type Fields = Record<string, unknown>;

/** Each brings a manifest of an older format to the next format. */
const upgrades = new Map<number, (manifest: Fields) => Fields>([
  [1, upgradeFormat1],
  [2, upgradeFormat2],
]);

const formats = [...upgrades.keys(), artifactFormat, vectorFormat].join(' or ');

/** Parses a manifest of any known format; `path` names it in errors. */
export function parseManifest(path: string, content: Buffer): Manifest {
  const value: unknown = orRefuse(
    () => JSON.parse(content.toString('utf8')),
    (reason) => `${path}: not JSON (${reason}); train again`,
  );
  const { data, problems } = check(manifestSchema, toCurrentFormat(path, value));
  if (!problems) return data;
  throw new ArtifactError(describeInvalid(`${path}: not an artifact's manifest; train again:`, problems));
}

const formatSchema = z.looseObject({ format: z.number() });

function toCurrentFormat(path: string, value: unknown): unknown {
  const { success, data } = formatSchema.safeParse(value);
  if (!success || data.format === artifactFormat || data.format === vectorFormat) return value;
  const upgrade = upgrades.get(data.format);
  if (upgrade) return toCurrentFormat(path, upgrade(data));
  throw new ArtifactError(
    `${path}: expected an artifact of format ${formats}, got format ${data.format}; update intent-fleet, or train again`,
  );
}
