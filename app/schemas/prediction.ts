import { z } from 'zod';
import { problemSchema } from './problem.ts';
import { textSchema } from './text.ts';

const confidence = z.number().min(0).max(1).describe('Calibrated probability of the best intent');

const scoreSchema = z
  .object({ intent: z.string(), confidence })
  .meta({ id: 'IntentScore', description: 'An intent and how likely it is' });

const contributionSchema = z
  .object({
    feature: z.string().describe('A part of the text that the model looks at'),
    weight: z.number().describe('How far it moved the score; positive is towards the intent'),
  })
  .meta({ id: 'Contribution' });

const explanationSchema = z
  .object({ intent: z.string(), towards: z.array(contributionSchema), against: z.array(contributionSchema) })
  .meta({ id: 'Explanation', description: 'Why the best intent scored as it did, strongest first' });

const model = z.string().describe('Version of the model that answered');

const answerMembers = {
  intent: z.string().describe('The most likely intent, or `unknown` when none is likely enough'),
  confidence,
  alternatives: z.array(scoreSchema).describe('The most likely intents, best first'),
  explanation: explanationSchema.optional(),
};

/** The answer to one text. */
export const predictionSchema = z.object({ ...answerMembers, model }).meta({ id: 'Prediction' });

const batchItemSchema = z.object(answerMembers).meta({ id: 'BatchPrediction' });

/** The answer to a batch: a prediction or a problem for each text, in the same order. */
export const batchSchema = z
  .object({ model, results: z.array(z.union([batchItemSchema, problemSchema])) })
  .meta({ id: 'Batch', description: 'A prediction or a problem for each text, in the order they were sent' });

/** What one answer to one text holds. */
export type PredictionBody = z.infer<typeof predictionSchema>;

/** What a text in a batch is answered with. */
export type BatchItem = z.infer<typeof batchItemSchema>;

/** The body of `POST /predict`. */
export function predictRequestSchema(characters: number) {
  return z.strictObject({ text: textSchema(characters) }, { error: 'expected an object such as {"text": "…"}' });
}

/** The body of `POST /predict/batch`; its texts are checked one by one, so that each gets its own answer. */
export function batchRequestSchema(texts: number) {
  const error = `expected an array of 1 to ${texts} texts`;
  const list = z
    .array(z.unknown().describe('A text as in `POST /predict`'), { error })
    .min(1, { error })
    .max(texts, { error });
  return z.strictObject({ texts: list }, { error: 'expected an object such as {"texts": ["…"]}' });
}

const mostAlternatives = 100;
const topError = `expected a whole number from 1 to ${mostAlternatives}`;

const top = z
  .string({ error: topError })
  .regex(/^\d{1,3}$/, { error: topError })
  .transform(Number)
  .pipe(z.int({ error: topError }).min(1, { error: topError }).max(mostAlternatives, { error: topError }))
  .default(3)
  .describe('How many of the most likely intents to name');

const explain = z
  .enum(['true', 'false'], { error: 'expected true or false' })
  .transform((value) => value === 'true')
  .pipe(z.boolean())
  .default(false)
  .describe('Whether to say which parts of the text decided');

/** The query parameters of both. */
export const predictQuerySchema = z.strictObject({ top, explain });

/** How an answer is to look. */
export type PredictQuery = z.output<typeof predictQuerySchema>;
