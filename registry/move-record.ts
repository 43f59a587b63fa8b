import { z } from 'zod';

/** One move of an alias to a version. A newer program may write more. */
export const moveRecord = z.object({
  format: z.literal(1),
  alias: z.string(),
  version: z.int().min(1),
  /** The version that had the alias before; null where it is new. */
  from: z.int().min(1).nullable(),
  at: z.iso.datetime(),
  /** Why, as a person or a program says. */
  reason: z.string(),
});

export type MoveRecord = z.output<typeof moveRecord>;

/** Returns the version of each alias after all moves, the oldest move first. */
export function aliasesAfter(moves: readonly MoveRecord[]): Map<string, number> {
  return new Map(moves.map(({ alias, version }) => [alias, version]));
}
