import { z } from 'zod';
import type { CommandResult } from '../machine/machine.ts';

/** An answer to a request through nginx. */
export interface Answer {
  /** The status of HTTP; 0 where no answer came. */
  status: number;
  /** The body, or why no answer came. */
  body: string;
  /** The addresses of the workers that nginx tried, the one that answered last; empty where nginx answered itself. */
  workers: string[];
  /** `Retry-After`; 0 without one. */
  retryAfterSeconds: number;
}

/** The arguments of curl that write status and headers as JSON, on a line behind the body. */
export const answerFormat = [
  '--write-out',
  '\\n{"status":"%{http_code}","workers":"%header{x-worker}","retryAfter":"%header{retry-after}"}',
];

const lastLineSchema = z.object({
  status: z.coerce.number(),
  workers: z.string().transform((addresses) => addresses.split(', ').filter(Boolean)),
  retryAfter: z.coerce.number().catch(0),
});

/** Reads what curl has written in that format. */
export function readAnswer({ status, output }: CommandResult): Answer {
  if (status !== 0) return { status: 0, body: reasonOf(output), workers: [], retryAfterSeconds: 0 };
  const end = output.lastIndexOf('\n');
  const { retryAfter, ...rest } = lastLineSchema.parse(JSON.parse(output.slice(end + 1)));
  return { ...rest, body: output.slice(0, end), retryAfterSeconds: retryAfter };
}

// curl writes in the format also where no answer came, before its error or behind it.
function reasonOf(output: string): string {
  return /curl: .*/.exec(output)?.[0] ?? output;
}
