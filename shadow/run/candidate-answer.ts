import { z } from 'zod';
import { parseJson } from '../../common/parse-json.ts';

const candidateAnswer = z.object({ intent: z.string().min(1), confidence: z.number().min(0).max(1) });

/** What the new release answers to a text, as far as it is compared. */
export type CandidateAnswer = z.infer<typeof candidateAnswer>;

const batch = z.object({ results: z.array(z.unknown()) });

/** Returns the answers in a body of `POST /predict/batch`; undefined where the release refuses a text. */
export function answersIn(body: string): (CandidateAnswer | undefined)[] {
  return batch.parse(parseJson(body)).results.map((result) => candidateAnswer.safeParse(result).data);
}
