import { z } from 'zod';
import { sha256 } from '../common/checksum.ts';

/** All that a machine boots with, and what people want to know of it besides. A revision never changes. */
export const revisionSchema = z.strictObject({
  /** The SHA-256 of the release's archive. */
  release: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
  /** The id of the machines' image, such as `ami-0123456789abcdef0`. */
  image: z.string().min(1),
  /** The device of the image's root disk, such as `/dev/xvda`. */
  rootDevice: z.string().min(1),
  instanceType: z.string().min(1),
  diskGigabytes: z.int().min(1),
  /** The script that a machine runs at its first boot, in base64, as EC2 takes it. */
  userData: z.base64().min(1),
  modelVersion: z.string().min(1),
  /** The model's share of right answers on held-out texts; null where it is not known. */
  accuracy: z.number().min(0).max(1).nullable(),
  /** ISO 8601, UTC. */
  madeAt: z.iso.datetime(),
});

export type Revision = z.output<typeof revisionSchema>;

/** Tells whether the first script of a revision's machines has a text, such as the name of a variable in quotes. */
export function bootsWith({ userData }: Pick<Revision, 'userData'>, text: string): boolean {
  return Buffer.from(userData, 'base64').includes(text);
}

/** The name of a revision: the start of the digest of what its machines boot with, such as `r-0123456789ab`. */
export function revisionName({ release, image, instanceType, diskGigabytes, userData }: Revision): string {
  const digest = sha256(JSON.stringify([release, image, instanceType, diskGigabytes, userData]));
  return `r-${digest.slice(0, 12)}`;
}
