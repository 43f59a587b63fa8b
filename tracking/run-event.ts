import { z } from 'zod';

const at = z.iso.datetime();
const value = z.union([z.string(), z.number(), z.boolean()]);

/** The names of experiments and the ids of runs are names of folders. */
const trackedName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/)
  .max(100);

/** Texts that a run has read. */
const runInput = z.object({
  /** What they were for, such as `train` or `test`. */
  role: z.string(),
  path: z.string(),
  sha256: z.string(),
  rows: z.int().min(0),
});

const started = z.object({
  event: z.literal('started'),
  format: z.literal(1),
  at,
  id: trackedName,
  /** What people read in a list. */
  name: z.string(),
  /** The id of the run that this one is a part of. */
  parent: trackedName.nullable(),
  /** The program and the commit of the checkout; null without one. */
  code: z.object({ command: z.string(), intentFleet: z.string(), commit: z.string().nullable() }),
  parameters: z.record(z.string(), value),
  inputs: z.array(runInput),
});

const metrics = z.object({
  event: z.literal('metrics'),
  at,
  /** What the figures belong to, such as a fold or a number of texts; of final figures, 0. */
  step: z.int().min(0),
  metrics: z.record(z.string(), z.number()),
});

/** A file in the run's folder `files`, which is there before this line is. */
const file = z.object({ event: z.literal('file'), at, path: z.string() });

/** The artifact that a run has made, by its digest. */
const trained = z.object({ event: z.literal('trained'), at, artifact: z.string() });

/** The version that the artifact of the run is in the registry. */
const registered = z.object({ event: z.literal('registered'), at, model: z.string(), version: z.int().min(1) });

const ended = z.object({
  event: z.literal('ended'),
  at,
  outcome: z.enum(['finished', 'failed', 'killed']),
  /** Why it did not finish. */
  reason: z.string().optional(),
});

/** One line of the file of a run. A newer program may write more into an event. */
export const runEvent = z.discriminatedUnion('event', [started, metrics, file, trained, registered, ended]);

export type RunEvent = z.output<typeof runEvent>;
export type RunStart = z.output<typeof started>;
export type RunInput = z.output<typeof runInput>;
export type RunOutcome = z.output<typeof ended>['outcome'];
