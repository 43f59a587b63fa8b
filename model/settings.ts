import * as z from 'zod';
import { algorithmNames } from './algorithms/names.ts';
import { featuresSchema } from './features/features.ts';

/** What the project's own data set is, for those who have not brought theirs. */
export const defaultData = {
  train: 'model/data/train.csv',
  test: 'model/data/test.csv',
  golden: 'model/data/golden.csv',
} as const;

const share = z.number().min(0).max(1);

const gateSettings = z.strictObject({
  /** The lowest accuracy on the test texts that may be released. */
  minimumAccuracy: share.default(0.85),
  /** The most that accuracy may drop below the model in service. */
  largestDrop: share.default(0.01),
  /** The most that the F1 of any one intent may drop below the model in service. */
  largestIntentDrop: share.default(0.1),
});

/** The `model` section of a stage's settings. Paths are relative to where the command runs. */
export const modelSettings = z
  .strictObject({
    /** Labelled texts: .csv, .tsv or .jsonl. Without it, the project's own four intents. */
    data: z.string().min(1).optional(),
    /** Held-out texts to measure with. Without it, a share of `data` is held out. */
    test: z.string().min(1).optional(),
    /** Texts to calibrate and choose the threshold with. Without it, cross-validation on `data`. */
    validation: z.string().min(1).optional(),
    /** Texts that a release must get right. Without it, golden.csv beside `data`, where there is one. */
    golden: z.string().min(1).optional(),
    columns: z
      .strictObject({ text: z.string().min(1).default('text'), intent: z.string().min(1).default('intent') })
      .prefault({}),
    /** Rows with this intent are examples of what no intent is. */
    outOfScopeLabel: z.string().min(1).default('unknown'),
    /** How much of the traffic you expect to be out of scope: weighs the examples of it when the threshold is chosen. */
    outOfScopeShare: z.number().min(0.001).max(0.9).default(0.1),
    /** The share of every intent that is held out where no test file is given. */
    testShare: z.number().min(0.05).max(0.5).default(0.2),
    seed: z.int().min(0).default(1),
    /** `accurate` averages several models: more training time, some tens of microseconds more a query. */
    profile: z.enum(['default', 'accurate']).default('default'),
    /** What the default profile learns with. */
    algorithm: z.enum(algorithmNames).default('linear-svm'),
    /** How text becomes numbers. Without it, what suits the algorithm. */
    features: featuresSchema.optional(),
    /** The confidence below which the answer is unknown. Without it, chosen on held-out texts. */
    threshold: share.optional(),
    gate: gateSettings.prefault({}),
  })
  .refine(({ profile, algorithm }) => profile === 'default' || algorithm === 'linear-svm', {
    path: ['algorithm'],
    message: 'the accurate profile chooses its own algorithms; leave this out',
  })
  .refine(({ data, test }) => data !== undefined || test === undefined, {
    path: ['test'],
    message: "expected data too: the project's own data set has its own test texts",
  });

export type ModelSettings = z.output<typeof modelSettings>;
export type GateSettings = ModelSettings['gate'];
