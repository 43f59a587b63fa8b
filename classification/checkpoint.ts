import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { parseJson } from '../common/parse-json.ts';
import { isAlive } from '../common/processes.ts';
import { unlessMissing } from '../common/unless-missing.ts';

const count = z.int().min(0);

/** How far a run has come: all before `place` stands in the files, whose lengths are `written`. */
export const checkpointSchema = z.strictObject({
  format: z.literal(1),
  /** What the answers depend on: input, options, and the model. */
  work: z.record(z.string(), z.unknown()),
  place: z.strictObject({ offset: count, line: count }),
  /** In bytes. */
  written: z.strictObject({ output: count, bad: count }),
  counts: z.strictObject({ answered: count, unknown: count, bad: count }),
  /** The process that writes the files. */
  owner: z.strictObject({ pid: z.int(), startTicks: z.string() }),
});

export type Checkpoint = z.output<typeof checkpointSchema>;

/** Returns the checkpoint that a run of the same work has left; undefined without one. A run that is not over is refused. */
export async function readCheckpoint(path: string, work: Checkpoint['work']): Promise<Checkpoint | undefined> {
  const content = await readFile(path, 'utf8').catch(unlessMissing);
  if (content === undefined) return undefined;
  const { success, data } = checkpointSchema.safeParse(parseJson(content));
  if (!success)
    throw new UserError(`${path}: expected the state of a run, got something else; delete it to begin anew`);
  if (data.owner.pid !== process.pid && isAlive(data.owner))
    throw new UserError(
      `${path}: expected no other run that writes this output, but process ${data.owner.pid} does; wait for it`,
    );
  const changed = Object.keys(work).filter((name) => !isDeepStrictEqual(work[name], data.work[name]));
  if (changed.length === 0) return data;
  throw new UserError(
    `${path}: expected the run that was interrupted, but ${changed.join(' and ')} changed since; delete this file to begin anew`,
  );
}
