import { z } from 'zod';

/** What is kept of a feedback: a line of JSON. */
export const feedbackRecord = z.object({
  /** The name of the prediction, different for each: the hexadecimal digits of its time and of its nonce. */
  prediction: z.string().regex(/^[0-9a-f]{24}$/, '24 hexadecimal digits'),
  predictedAt: z.iso.datetime({ error: 'a time in ISO 8601' }),
  receivedAt: z.iso.datetime({ error: 'a time in ISO 8601' }),
  /** The release that has answered, 16 hexadecimal digits. */
  release: z.string().regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits'),
  /** What was answered, and what was right. */
  predicted: z.string().min(1),
  intent: z.string().min(1),
  /** The text, where the stage keeps texts. */
  text: z.string().optional(),
  /** The name of the API key that has sent it. */
  key: z.string().optional(),
});

export type FeedbackRecord = z.infer<typeof feedbackRecord>;

/** The folder of all feedback in its bucket. */
export const feedbackPrefix = 'feedback/';

/** Returns the key of a feedback's object. The same prediction has the same key whenever and wherever feedback on it arrives. */
export function feedbackKey({ predictedAt, prediction }: Pick<FeedbackRecord, 'predictedAt' | 'prediction'>): string {
  return `${feedbackPrefix}${predictedAt.slice(0, 10)}/${prediction}.json`;
}

/** Returns the name of the parameter with the key that signs the ids of a stack's predictions. */
export function predictionKeyParameter(stack: string): string {
  return `/${stack}/prediction-key`;
}
