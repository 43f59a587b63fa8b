import { z } from 'zod';

/** How many words or characters in a row make a feature. */
export const lengthsSchema = z
  .tuple([z.int().min(1).max(8), z.int().min(1).max(8)])
  .refine(([shortest, longest]) => shortest <= longest, 'expected the shorter length first, such as [1, 2]');

export const tokenizerNames = ['words', 'words-and-marks', 'aggressive', 'treebank'] as const;
export const stemmerNames = ['none', 'porter', 'lancaster'] as const;
export const weightingNames = ['logarithmic', 'count', 'presence'] as const;

const weighting = {
  /** `logarithmic` is 1 + ln(occurrences), `count` the occurrences (bag of words), `presence` 1. */
  weighting: z.enum(weightingNames).default('logarithmic'),
  /** Multiplies by ln((1 + texts) / (1 + texts with the feature)) + 1: TF-IDF. */
  inverseDocumentFrequency: z.boolean().default(false),
  /** Scales the block to the norm 1, so that long texts weigh as much as short ones. */
  normalise: z.boolean().default(true),
};

const wordBlock = z.strictObject({
  kind: z.literal('words'),
  /** Words in a row: [1, 2] means single words and pairs. */
  lengths: lengthsSchema.default([1, 2]),
  stemmer: z.enum(stemmerNames).default('none'),
  /** `drop` leaves out natural's list of English stop words. */
  stopWords: z.enum(['keep', 'drop']).default('keep'),
  ...weighting,
});

const characterBlock = z.strictObject({
  kind: z.literal('characters'),
  /** Characters in a row, inside one word and its two edges. */
  lengths: lengthsSchema.default([2, 4]),
  ...weighting,
});

const block = z.discriminatedUnion('kind', [wordBlock, characterBlock]);

/** How a text becomes numbers; a part of the settings and of the artifact's manifest. */
export const featuresSchema = z.strictObject({
  /**
   * `words`: letters and digits of any script; `words-and-marks`: also ? and ! and emoji;
   * `aggressive` and `treebank` are natural's, for English.
   */
  tokenizer: z.enum(tokenizerNames).default('words'),
  /** A feature in fewer training texts than this is dropped. */
  minimumTexts: z.int().min(1).default(2),
  blocks: z.array(block).min(1).max(8),
});

export type Features = z.output<typeof featuresSchema>;
export type Block = z.output<typeof block>;
export type WordBlock = z.output<typeof wordBlock>;
