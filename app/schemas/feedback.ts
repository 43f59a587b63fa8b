import { z } from 'zod';
import { textSchema } from '../../common/text-schema.ts';

const intent = z
  .string({ error: 'expected the name of an intent' })
  .regex(/^(?=.*\S)[^\p{Cc}]{1,200}$/u, { error: 'expected the name of an intent, of at most 200 characters' })
  .describe('The intent that is right, such as one that the model does not know yet, or `unknown`');

/** Returns the schema of the body of `POST /feedback`; `characters` is the length of a text at most. */
export function feedbackRequestSchema(characters: number) {
  return z.strictObject(
    {
      id: z.string({ error: 'expected the id of a prediction' }).max(1000).describe('The `id` of the prediction'),
      intent,
      text: textSchema(characters)
        .optional()
        .describe('The text; kept only where the owner of the service keeps texts'),
    },
    { error: 'expected an object such as {"id": "…", "intent": "question"}' },
  );
}

/** The answer of `POST /feedback`. */
export const feedbackSchema = z
  .object({
    status: z
      .enum(['accepted', 'known'])
      .describe('`known` where there was feedback on this prediction before; the first counts'),
    predicted: z.string().describe('What was answered'),
    intent: z.string().describe('What is right'),
  })
  .meta({ id: 'Feedback' });
