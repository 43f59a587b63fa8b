import { z } from 'zod';

/** A text that the live release has answered, as a worker hands it to the shadow: a line of JSON. */
export const shadowCopy = z.object({
  text: z.string(),
  /** What was answered. */
  intent: z.string().min(1),
  confidence: z.number().min(0).max(1),
  /** The time of the model alone. */
  seconds: z.number().min(0).optional(),
});

export type ShadowCopy = z.infer<typeof shadowCopy>;
