import { z } from 'zod';
import { algorithmNames, profileNames } from './algorithm-names.ts';
import { featuresSchema } from './features/features.ts';
import { modelName, modelReference, parseReference } from './model-reference.ts';

const share = z.number().min(0).max(1);

const name = z.string().min(1);

const gateSettings = z.strictObject({
  minimumAccuracy: share.default(0.85).describe('The lowest accuracy on the test texts that may be released.'),
  largestDrop: share.default(0.01).describe('The most that accuracy may drop below the model in service.'),
  largestIntentDrop: share
    .default(0.1)
    .describe('The most that the F1 of any one intent may drop below the model in service.'),
  minimumIntentF1: share.default(0).describe('The lowest F1 that any one intent may have on the test texts.'),
  largestCalibrationError: share
    .default(0.25)
    .describe('The most that confidence may differ from accuracy on the test texts, on average.'),
  largestMegabytes: z.number().min(0.1).default(100).describe('The largest size of the artifact.'),
  slowestMilliseconds: z
    .number()
    .min(0.01)
    .default(20)
    .describe('The longest time for one text, as the median on the machine that deploys or promotes.'),
  removedIntents: z
    .array(name)
    .default([])
    .describe(
      'Intents of the model in service that the new model need not know, because they were removed or renamed.',
    ),
});

const columnSettings = z.strictObject({
  text: name.default('text').describe('The column, or key, that holds the texts.'),
  intent: name.default('intent').describe('The column, or key, that holds the intents.'),
});

const path = name.optional();

/** The `model` section of a stage's settings. Paths are relative to the working directory. */
export const modelSettings = z
  .strictObject({
    name: modelName
      .optional()
      .describe('The name of the model in the registry. Without it, the one that `registry` names, or `intents`.'),
    registry: modelReference
      .optional()
      .describe(
        'A version of a model in the registry, which is deployed instead of one that is trained: `intents@production`, or `intents:3`.',
      ),
    artifact: path.describe('The folder of an artifact, which is deployed instead of one that is trained.'),
    data: path.describe("Labelled texts: .csv, .tsv or .jsonl. Without it, the project's own four intents."),
    test: path.describe('Held-out texts to measure with. Without it, a share of `data` is held out.'),
    validation: path.describe(
      'Texts to calibrate and choose the threshold with. Without it, cross-validation on `data`.',
    ),
    golden: path.describe(
      'Texts that a release must answer right. Without it, golden.csv beside `data`, if there is one.',
    ),
    columns: columnSettings.prefault({}),
    outOfScopeLabel: name.default('unknown').describe('The label of out-of-scope texts, which belong to no intent.'),
    outOfScopeShare: z
      .number()
      .min(0.001)
      .max(0.9)
      .default(0.1)
      .describe('The expected share of the traffic that is out of scope; the choice of the threshold depends on it.'),
    testShare: z.number().min(0.05).max(0.5).default(0.2).describe('The share that is held out without `test`.'),
    seed: z.int().min(0).default(1).describe('The seed of the held-out share and of all other random choices.'),
    profile: z
      .enum(profileNames)
      .default('default')
      .describe(
        '`accurate` averages several models: a point more accurate, more training time, slower answers. `semantic` adds token vectors, for few texts.',
      ),
    vectorColumns: z
      .literal([64, 128, 256])
      .default(256)
      .describe('The numbers in a token vector of the semantic profile: fewer make a smaller model.'),
    descriptions: z
      .record(name, name)
      .default({})
      .describe(
        'What intents mean, in a sentence each, for the semantic profile, which learns from them and from the names.',
      ),
    algorithm: z.enum(algorithmNames).default('linear-svm').describe('The algorithm of the default profile.'),
    cost: z
      .number()
      .min(0.001)
      .max(1000)
      .optional()
      .describe(
        'The weight C of texts that the linear SVM gets wrong: a larger one fits the training texts more closely. Without it, 1.',
      ),
    features: featuresSchema
      .optional()
      .describe('How text becomes numbers. Without it, the features of the algorithm.'),
    threshold: share
      .optional()
      .describe('The confidence below which the answer is unknown. Without it, chosen on held-out texts.'),
    gate: gateSettings.prefault({}),
  })
  .refine(({ profile, algorithm }) => profile === 'default' || algorithm === 'linear-svm', {
    path: ['algorithm'],
    message: 'linear-svm or nothing, since the other profiles choose their own algorithms',
  })
  .refine(
    ({ profile, algorithm, cost }) => (profile === 'default' && algorithm === 'linear-svm') || cost === undefined,
    {
      path: ['cost'],
      message: 'nothing, since only the linear SVM of the default profile has a cost',
    },
  )
  .refine(({ profile, descriptions }) => profile === 'semantic' || Object.keys(descriptions).length === 0, {
    path: ['descriptions'],
    message: 'nothing, since only the semantic profile learns from descriptions',
  })
  .refine(({ data, test }) => data !== undefined || test === undefined, {
    path: ['test'],
    message: "nothing without data: the project's own data set has its own test texts",
  })
  .refine(({ registry, artifact }) => registry === undefined || artifact === undefined, {
    path: ['artifact'],
    message: 'nothing, since registry names the model',
  })
  .refine(({ registry, name }) => !registry || !name || parseReference(registry).name === name, {
    path: ['name'],
    message: 'the name of the model that registry names, or nothing',
  });

export type ModelSettings = z.output<typeof modelSettings>;
export type GateSettings = ModelSettings['gate'];
