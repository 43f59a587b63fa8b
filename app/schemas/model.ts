import { z } from 'zod';

const share = z.number().min(0).max(1);

/** The answer of `GET /model`. */
export const modelSchema = z
  .object({
    model: z.string().describe('Version of the model that answers, which the registry calls artifact'),
    profile: z.string(),
    algorithm: z.string(),
    intents: z.array(z.string()),
    threshold: share.describe('The confidence below which the answer is unknown'),
    trainedAt: z.iso.datetime().nullable(),
    metrics: z
      .object({
        examples: z.int().describe('The held-out texts that have an intent'),
        accuracy: share,
        accuracyInterval: z.array(share).length(2).describe('At 95 %'),
        calibrationError: share,
      })
      .describe('Measured on held-out texts'),
  })
  .meta({ id: 'Model' });

export type ServedModel = z.infer<typeof modelSchema>;
