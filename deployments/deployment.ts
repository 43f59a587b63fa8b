import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { check, describeInvalid } from '../common/validation.ts';
import { revisionName, revisionSchema } from './revision.ts';
import { strategySchema } from './strategies/strategy.ts';

/** The version of the format that is written, and the one for strategies that earlier versions do not know. */
export const deploymentFormat = 1;
export const comparingFormat = 2;

const track = z.enum(['blue', 'green']);
const machines = z.int().min(0);
const percent = z.int().min(0).max(100);

/** A track's revision and the smallest and largest size of its group; 0 and 0 where it has no machines. */
const trackSchema = z
  .strictObject({ revision: z.string().nullable(), floor: machines, ceiling: machines })
  .refine(({ floor, ceiling }) => ceiling >= floor, { path: ['ceiling'], message: 'at least the floor' });

const weights = z
  .strictObject({ blue: percent, green: percent })
  .refine(({ blue, green }) => blue + green === 100, 'weights that sum to 100');

const size = z
  .strictObject({ min: z.int().min(1), max: z.int().min(1) })
  .refine(({ min, max }) => max >= min, { path: ['max'], message: 'at least min' });

/** How the last deployment ended. */
const outcome = z.strictObject({
  revision: z.string(),
  result: z.enum(['successful', 'rolled back']),
  /** Why it was rolled back; null where it was not. */
  reason: z.string().nullable(),
});

/** What a command needs to carry on what another one began. */
const progress = z.strictObject({
  /** The revision that served when it began; null where none did. */
  from: z.string().nullable(),
  /** The revision that is deployed. */
  to: z.string(),
  /** The machines that the fleet needed when it began. */
  machines: z.int().min(1),
  /** The number of the strategy's steps that are behind it; the last of them may still bake. */
  step: z.int().min(0),
  /** Whether the last step, which pauses, has baked: what is left is a person's consent. */
  baked: z.boolean(),
  /** Whether a person has let the last step, which pauses, go on. */
  promoted: z.boolean(),
  /** ISO 8601, UTC. */
  beganAt: z.iso.datetime(),
});

const members = {
  format: z.literal([deploymentFormat, comparingFormat]),
  /** Of the deployment under way, or of the last one. */
  strategy: strategySchema,
  /** The track that everything goes back to. */
  live: track,
  /** The kept revisions, by name. */
  revisions: z.record(z.string(), revisionSchema),
  /** The kept revisions that have served everything, the last one first. */
  history: z.array(z.string()),
  tracks: z.strictObject({ blue: trackSchema, green: trackSchema }),
  /** Shares of the traffic, in whole percent. */
  weights,
  /** Whether the balancer keeps a client at one track by a cookie. */
  sticky: z.boolean(),
  /** The revision whose release the machines of the live track ask, too, without anybody getting its answers. */
  shadow: z.string().optional(),
  /** The smallest and largest size of the fleet. */
  size,
  /** How many revisions of `history` are kept. */
  keepRevisions: z.int().min(1),
  /** Null before the first one has ended. */
  last: outcome.nullable(),
};

const schema = z
  .discriminatedUnion('phase', [
    // Nothing is under way; in `warm` the old track still has its machines.
    z.strictObject({ ...members, phase: z.enum(['steady', 'warm']), progress: z.null() }),
    z.strictObject({ ...members, phase: z.literal('progressing'), progress }),
    z.strictObject({
      ...members,
      phase: z.literal('rolling-back'),
      progress: z.strictObject({
        ...progress.shape,
        reason: z.string(),
        /** Whether the live track, which had shrunk, has its machines again. */
        regrown: z.boolean(),
      }),
    }),
  ])
  .check(({ value, issues }) => {
    const { revisions, history, tracks, progress, shadow } = value;
    const named = [tracks.blue.revision, tracks.green.revision, progress?.to, progress?.from, shadow, ...history];
    for (const name of new Set(named)) {
      if (typeof name !== 'string' || revisions[name]) continue;
      const message = 'a revision, which is named elsewhere';
      issues.push({ code: 'custom', path: ['revisions', name], message, input: undefined });
    }
    for (const [name, input] of Object.entries(revisions)) {
      if (name === revisionName(input)) continue;
      issues.push({ code: 'custom', path: ['revisions', name], message: `the name ${revisionName(input)}`, input });
    }
  });

export type Track = z.output<typeof track>;
export type TrackState = z.output<typeof trackSchema>;

/** What is deployed in a stage and what is under way: with settings and site, all that its resources are made from. */
export type Deployment = z.output<typeof schema>;
export type Settled = Extract<Deployment, { phase: 'steady' | 'warm' }>;
export type Progressing = Extract<Deployment, { phase: 'progressing' }>;
export type RollingBack = Extract<Deployment, { phase: 'rolling-back' }>;
export type UnderWay = Progressing | RollingBack;

/** Reads a deployment from a state; one of another format or a damaged one is refused. */
export function parseDeployment(value: unknown): Deployment {
  const { format } = (value ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format !== deploymentFormat && format !== comparingFormat)
    throw new UserError(otherFormat(format));
  const { data, problems } = check(schema, value);
  if (data) return data;
  const invalid = describeInvalid('The deployment in the Terraform state is damaged:', problems);
  throw new UserError(
    `${invalid}\nNothing was changed. Put the last version of the state in its place, then type the command again.`,
  );
}

function otherFormat(format: number): string {
  const expected = `The deployment in the Terraform state: expected format ${deploymentFormat} or ${comparingFormat}, got ${format}.`;
  return `${expected} Nothing was changed. Use the version of this project that deployed last.`;
}
