import type { z } from 'zod';
import { check, describeInvalid } from '../common/validation.ts';
import { VariablesError } from './errors.ts';

/** Validates an input and fills in the defaults; the error has this title and names each wrong place. */
export function parseAs<Schema extends z.ZodType>(schema: Schema, title: string, input: unknown): z.output<Schema> {
  const { data, problems } = check(schema, input);
  if (!problems) return data;
  throw new VariablesError(describeInvalid(title, problems));
}
