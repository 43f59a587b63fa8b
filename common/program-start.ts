import { z } from 'zod';

export const relativePath = z
  .string()
  .regex(/^(?!(?:.*\/)?\.\.(?:\/|$))[\w@.][\w@./-]*$/, 'a relative path without ..');

/** How a program of a release is started; all paths are relative to the release. */
export const programStart = z.strictObject({
  /** The Node runtime. */
  runtime: relativePath,
  /** Options of the runtime. */
  options: z.array(z.string().regex(/^--[\w-]+(?:=[\w.-]+)?$/, 'an option of Node such as --max-semi-space-size=8')),
  /** The program that the runtime executes. */
  program: relativePath,
  environment: z.record(
    z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable'),
    z.string().regex(/^[\w.:/-]*$/, 'a value without characters that systemd or a shell would interpret'),
  ),
});

export type ProgramStart = z.infer<typeof programStart>;
