import { z } from 'zod';
import { confidenceBounds } from '../../common/confidence-bounds.ts';
import { unknownIntent } from '../prediction.ts';

const count = z.int().min(0);

/**
 * What a model answers to texts like those it was trained for: the answers to held-out texts, which its weights did not learn
 * from. The traffic of a service is compared with it. Counts, not shares: they are the same bytes on any machine, and their
 * sum tells how exact the shares are.
 */
export const referenceSchema = z
  .strictObject({
    /** The number of held-out texts. */
    texts: z.int().min(1),
    /** The texts of each answer: the labels in their order, then unknown. A list, because an intent may be named `__proto__`. */
    intents: z.array(z.strictObject({ intent: z.string(), texts: count })),
    /** The texts whose confidence is at most `upTo`, for each of the confidence bounds. */
    confidences: z.array(z.strictObject({ upTo: z.number(), texts: count })),
  })
  .refine(({ texts, intents }) => intents.reduce((sum, answered) => sum + answered.texts, 0) === texts, {
    path: ['intents'],
    message: 'expected as many answers as there are texts',
  })
  .refine(
    ({ confidences }) =>
      isSame(
        confidences.map(({ upTo }) => upTo),
        confidenceBounds,
      ),
    {
      path: ['confidences'],
      message: `expected the bounds ${confidenceBounds.join(', ')}`,
    },
  )
  .refine(({ texts, confidences }) => isAscending([...confidences.map((bucket) => bucket.texts), texts]), {
    path: ['confidences'],
    message: 'expected counts that do not fall, and none above the number of texts',
  });

export type Reference = z.output<typeof referenceSchema>;

/** Returns the answers that a model with these labels can give, in the order of the reference. */
export function answersWith(labels: readonly string[]): string[] {
  return [...labels, unknownIntent];
}

/** Returns whether a reference has a count for each answer of a model with these labels, and for no other. */
export function isReferenceOf(labels: readonly string[], { intents }: Reference): boolean {
  return isSame(
    intents.map(({ intent }) => intent),
    answersWith(labels),
  );
}

function isSame<Value>(values: readonly Value[], expected: readonly Value[]): boolean {
  return values.length === expected.length && values.every((value, at) => value === expected[at]);
}

function isAscending(values: readonly number[]): boolean {
  return values.every((value, at) => value >= (values[at - 1] ?? 0));
}
