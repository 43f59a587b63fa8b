import { z } from 'zod';

/** What the new release answers to a text, as far as it is compared. */
export const candidateAnswer = z.object({ intent: z.string().min(1), confidence: z.number().min(0).max(1) });

export type CandidateAnswer = z.infer<typeof candidateAnswer>;
