import { z } from 'zod';
import { predictLimits } from '../../common/predict-limits.ts';
import { textSchema } from '../../common/text-schema.ts';
import { problemSchema } from './problem.ts';

const confidence = z.number().min(0).max(1).describe('Calibrated probability of the best intent');

const scoreSchema = z
  .object({ intent: z.string(), confidence })
  .meta({ id: 'IntentScore', description: 'An intent and its probability' });

const contributionSchema = z
  .object({
    feature: z.string().describe('A feature of the text'),
    weight: z.number().describe('Its contribution to the score; positive is towards the intent'),
  })
  .meta({ id: 'Contribution' });

const wordSchema = z
  .object({
    word: z.string().describe('A word of the text, in lower case'),
    weight: z.number().describe('The sum of its shares in the features that it is a part of'),
  })
  .meta({ id: 'WordContribution' });

const explanationSchema = z
  .object({
    intent: z.string(),
    towards: z.array(contributionSchema),
    against: z.array(contributionSchema),
    words: z.array(wordSchema).describe('All words, in their order'),
  })
  .meta({ id: 'Explanation', description: 'The contributions to the score of the best intent, strongest first' });

const model = z.string().describe('Version of the model that answered');

const answerMembers = {
  intent: z.string().describe('The most likely intent, or `unknown` when none is likely enough'),
  confidence,
  alternatives: z.array(scoreSchema).describe('The most likely intents, best first'),
  explanation: explanationSchema.optional(),
  id: z.string().optional().describe('Identifies the prediction in `POST /feedback`, where the service takes feedback'),
};

/** The answer of `POST /predict`. */
export const predictionSchema = z.object({ ...answerMembers, model }).meta({ id: 'Prediction' });

const batchItemSchema = z.object(answerMembers).meta({ id: 'BatchPrediction' });

/** The answer of `POST /predict/batch`. */
export const batchSchema = z
  .object({ model, results: z.array(z.union([batchItemSchema, problemSchema])) })
  .meta({ id: 'Batch', description: 'A prediction or a problem for each text, in the same order' });

/** The prediction of one text. */
export type BatchItem = z.infer<typeof batchItemSchema>;

/** Returns the schema of the body of `POST /predict`. */
export function predictRequestSchema(characters: number) {
  return z.strictObject({ text: textSchema(characters) }, { error: 'expected an object such as {"text": "…"}' });
}

/** Returns the schema of the body of `POST /predict/batch`; its texts are validated one by one, each for its own answer. */
export function batchRequestSchema(texts: number) {
  const error = `expected an array of 1 to ${texts} texts`;
  const list = z
    .array(z.unknown().describe('A text as in `POST /predict`'), { error })
    .min(1, { error })
    .max(texts, { error })
    .meta({ examples: [['How do I reset my password?', 'Great service!']] });
  return z.strictObject({ texts: list }, { error: 'expected an object such as {"texts": ["…"]}' });
}

const { alternatives: mostAlternatives } = predictLimits;
const topError = `expected a whole number from 1 to ${mostAlternatives}`;

const top = z
  .string({ error: topError })
  .regex(/^\d{1,3}$/, { error: topError })
  .transform(Number)
  .pipe(z.int({ error: topError }).min(1, { error: topError }).max(mostAlternatives, { error: topError }))
  .default(3)
  .describe('Number of the most likely intents to return');

const explain = z
  .enum(['true', 'false'], { error: 'expected true or false' })
  .transform((value) => value === 'true')
  .pipe(z.boolean())
  .default(false)
  .describe('Whether to explain the best intent');

/** The query parameters of `POST /predict` and `POST /predict/batch`. */
export const predictQuerySchema = z.strictObject({ top, explain });

/** The parsed query parameters. */
export type PredictQuery = z.output<typeof predictQuerySchema>;
