import { z } from 'zod';
import { parseJson } from '../common/parse-json.ts';
import { type Checked, check, describeProblems } from '../common/validation.ts';
import type { Deployment } from './deployment.ts';
import { strategySchema } from './strategies/strategy.ts';

/** The version of the format that is written. A change raises it. */
export const historyFormat = 1;

const kinds = strategySchema.options.map(({ shape }) => shape.kind.value);

const schema = z.strictObject({
  format: z.literal(historyFormat),
  /** ISO 8601, UTC. */
  beganAt: z.iso.datetime(),
  /** Null while it is under way, and for one that was killed and not carried on. */
  endedAt: z.iso.datetime().nullable(),
  user: z.string(),
  host: z.string(),
  /** Such as `make apply`. */
  command: z.string(),
  strategy: z.enum(kinds),
  /** The revision that served when it began; null where none did. */
  from: z.string().nullable(),
  /** The revision that was deployed. */
  to: z.string(),
  outcome: z.enum(['under way', 'successful', 'rolled back', 'stuck']),
  /** Why it was rolled back or is stuck; null otherwise. */
  reason: z.string().nullable(),
  modelVersions: z.strictObject({ from: z.string().nullable(), to: z.string() }).optional(),
});

/** A deployment, as it is kept for people: what goes on is in the Terraform state. */
export type HistoryEntry = z.output<typeof schema>;

/**
 * Returns the entries, the newest first, with the outcome of the newest one where its command was killed after its last step:
 * what is deployed tells it.
 */
export function completed(entries: readonly HistoryEntry[], { progress, last }: Deployment): HistoryEntry[] {
  const [newest, ...others] = entries;
  if (!newest || progress || newest.outcome !== 'under way' || last?.revision !== newest.to) return [...entries];
  return [{ ...newest, outcome: last.result, reason: last.reason }, ...others];
}

/** Reads an entry; where that fails, says why. */
export function parseHistoryEntry(
  text: string,
): { data: HistoryEntry; problem?: undefined } | { data?: undefined; problem: string } {
  const { data, problems }: Checked<HistoryEntry> = check(schema, parseJson(text));
  return data ? { data } : { problem: describeProblems(problems).join(', ') };
}
