import { z } from 'zod';

// White space as JavaScript and the JSON Schema validators of other languages define it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python's white space has these four separators
const visible = /[^\s\x1c-\x1f\x85\ufeff]/;

/** Returns the schema of a text to classify: well-formed Unicode, visible, at most `limit` characters. */
export function textSchema(limit: number) {
  return z
    .string({ error: 'expected a string' })
    .refine((text) => text.isWellFormed(), { error: 'expected Unicode without lone surrogates', abort: true })
    .refine((text) => visible.test(text), { error: 'expected a text with at least one visible character', abort: true })
    .refine((text) => !isLonger(text, limit), { error: `expected at most ${limit} characters` })
    .meta({ minLength: 1, maxLength: limit, pattern: visible.source, examples: ['How do I reset my password?'] });
}

// JSON Schema counts Unicode characters where JavaScript's `length` counts UTF-16 units; a text has at least half as many.
function isLonger(text: string, limit: number): boolean {
  return text.length > limit && (text.length > 2 * limit || [...text].length > limit);
}
