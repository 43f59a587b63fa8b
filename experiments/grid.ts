import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '../common/read-yaml.ts';
import { parseChecked } from '../common/validation.ts';
import { algorithmNames } from '../model/algorithm-names.ts';
import {
  featuresSchema,
  lengthsSchema,
  stemmerNames,
  tokenizerNames,
  weightingNames,
} from '../model/features/features.ts';

/** What `make experiment` tries without a grid of the user's. */
export const defaultGrid = join(import.meta.dirname, 'default-grid.yaml');

function choice<Value extends z.ZodType>(value: Value) {
  return z.array(value).min(1).optional();
}

const positive = z.number().min(0.001).max(1000);

const searchSchema = z.strictObject({
  /** How many variations are tried. */
  candidates: z.int().min(0).max(1000),
  cost: z
    .tuple([positive, positive])
    .refine(([low, high]) => low < high, 'expected the lower one first, such as [0.2, 5]')
    .optional(),
  tokenizer: choice(z.enum(tokenizerNames)),
  minimumTexts: choice(z.int().min(1)),
  wordLengths: choice(lengthsSchema),
  characterLengths: choice(lengthsSchema),
  stemmer: choice(z.enum(stemmerNames)),
  stopWords: choice(z.enum(['keep', 'drop'])),
  weighting: choice(z.enum(weightingNames)),
  inverseDocumentFrequency: choice(z.boolean()),
});

const gridSchema = z.strictObject({
  features: z
    .record(z.string().min(1), featuresSchema)
    .refine((features) => Object.keys(features).length > 0, 'expected at least one'),
  algorithms: z.array(z.enum(algorithmNames)).min(1),
  search: searchSchema.optional(),
  /** The parts of cross-validation; without it 5, or 3 of more than 10,000 texts. */
  folds: z.int().min(2).max(20).optional(),
  /** The longest time for all candidates together. */
  minutes: z.number().min(0.05).max(10_000).default(12),
});

/** The candidates of an experiment, and how long they may take. */
export type Grid = z.output<typeof gridSchema>;
export type Search = z.output<typeof searchSchema>;

const manyTexts = 10_000;

/** Returns the number of parts of cross-validation. */
export function foldsOf({ folds }: Pick<Grid, 'folds'>, texts: number): number {
  return folds ?? (texts > manyTexts ? 3 : 5);
}

/** Reads a grid. */
export async function readGrid(path: string): Promise<Grid> {
  const title = `${path}: not a grid of candidates; see experiments/default-grid.yaml:`;
  return parseChecked(gridSchema, await readYaml(path), title);
}
