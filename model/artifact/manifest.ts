import { z } from 'zod';
import { algorithmNames, profileNames } from '../algorithm-names.ts';
import { featuresSchema } from '../features/features.ts';
import { tensorSchema } from './layout.ts';
import { isReferenceOf, referenceSchema } from './reference.ts';

/** The version of the format that is written. A change raises it, and a file of its own upgrades what the version before wrote. */
export const artifactFormat = 3;

/** The version of the format of a model with token vectors, which is the other one with more in it. */
export const vectorFormat = 4;

const share = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

const intentMetricsSchema = z.strictObject({ precision: share, recall: share, f1: share, examples: z.int().min(0) });

/** Measured on the held-out test texts, with the scorer that serves. */
const metricsSchema = z.strictObject({
  /** In-scope texts. */
  examples: z.int().min(0),
  /** In-scope texts whose best intent is right, above the threshold or below. */
  accuracy: share,
  /** The 95 % interval (Wilson). */
  accuracyInterval: z.tuple([share, share]),
  /** In-scope texts that are answered (not unknown) and right. */
  answeredRight: share,
  /** In-scope texts that are answered. */
  coverage: share,
  /** The expected calibration error over 15 bins and all texts; for an out-of-scope text no guess is right. */
  calibrationError: share,
  /** Out-of-scope texts that are answered unknown; null without out-of-scope texts. */
  outOfScopeRecall: share.nullable(),
  intents: z.record(z.string(), intentMetricsSchema),
});

export type Metrics = z.output<typeof metricsSchema>;

const sourceSchema = z.strictObject({ rows: z.int().min(0), sha256 });

const goldenSchema = z.strictObject({
  texts: z.int().min(0),
  failures: z.array(z.strictObject({ text: z.string(), expected: z.string(), got: z.string() })),
});

const memberSchema = z.strictObject({
  kind: z.enum(['linear', 'network', 'vector']),
  precision: z.enum(['int8', 'float32']),
});

const calibrationSchema = z.strictObject({
  members: z.array(z.number().positive()),
  mixture: z.number().positive(),
  /** The share of each member in the average; without it, all are equal. */
  weights: z.array(share).optional(),
});

/** Everything in an artifact except its arrays. */
export const manifestSchema = z
  .strictObject({
    format: z.literal([artifactFormat, vectorFormat]),
    /** The start of the checksum of everything else in the artifact. */
    version: z.string().regex(/^[0-9a-f]{12}$/),
    profile: z.enum(profileNames),
    algorithm: z.enum([...algorithmNames, 'ensemble', 'mixture']),
    labels: z.array(z.string().min(1)).min(1),
    /** Whether a class for out-of-scope texts comes after the last label. */
    outOfScopeClass: z.boolean(),
    features: featuresSchema,
    /** Where the token vectors come from; with format 4 alone. */
    tokenVectors: z.strictObject({ source: z.string(), columns: z.int().min(1) }).optional(),
    members: z.array(memberSchema).min(1),
    calibration: calibrationSchema,
    threshold: z.strictObject({ value: share, rule: z.string() }),
    metrics: metricsSchema,
    golden: goldenSchema,
    /** Texts and the answers of this model, by which a machine that serves it is verified. */
    examples: z.array(z.strictObject({ text: z.string(), intent: z.string() })),
    /** The answers to held-out texts, with which traffic is compared; null in an artifact of an older format. */
    reference: referenceSchema.nullable(),
    data: z.strictObject({
      train: sourceSchema,
      test: sourceSchema,
      /** The share of the data that was held out for testing; null with test texts of their own. */
      testShare: share.nullable(),
    }),
    seed: z.int(),
    /** From SOURCE_DATE_EPOCH; null without it, so that the same data gives the same bytes. */
    trainedAt: z.iso.datetime().nullable(),
    versions: z.strictObject({ intentFleet: z.string(), natural: z.string(), node: z.string() }),
    weights: z.strictObject({ file: z.string(), size: z.int().min(0), sha256, tensors: z.array(tensorSchema) }),
  })
  .refine(({ calibration, members }) => calibration.members.length === members.length, {
    path: ['calibration', 'members'],
    message: 'expected a temperature for each member',
  })
  .refine(({ calibration, members }) => (calibration.weights ?? members).length === members.length, {
    path: ['calibration', 'weights'],
    message: 'expected a weight for each member',
  })
  .refine(({ format, tokenVectors }) => (format === vectorFormat) === (tokenVectors !== undefined), {
    path: ['tokenVectors'],
    message: `expected token vectors with format ${vectorFormat}, and none with another`,
  })
  .refine(({ labels, reference }) => reference === null || isReferenceOf(labels, reference), {
    path: ['reference', 'intents'],
    message: 'expected the labels in their order, then unknown',
  });

export type Manifest = z.output<typeof manifestSchema>;
export type Golden = z.output<typeof goldenSchema>;
