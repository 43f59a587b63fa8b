import { z } from 'zod';
import { releaseIdOf } from '../release-id.ts';

/** Which release machines run as the shadow of the one that serves: the value of a stage's parameter, as JSON. */
export const wantedShadow = z
  .strictObject({
    /** The id of the release. */
    release: z.string().regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits'),
    /** The address of its archive, as in the user data of machines. */
    url: z.url({ protocol: /^https?$/, error: 'the address of an archive' }),
    /** The SHA-256 of its archive. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
  })
  .refine(({ release, sha256 }) => release === releaseIdOf(sha256), {
    path: ['release'],
    error: 'the first 16 digits of sha256',
  });

export type WantedShadow = z.infer<typeof wantedShadow>;
