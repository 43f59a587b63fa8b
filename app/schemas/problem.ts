import { z } from 'zod';
import { problemCatalogue } from '../problems/catalogue.ts';

const names = Object.keys(problemCatalogue) as [string, ...string[]];

const placeSchema = z.object({
  detail: z.string(),
  pointer: z.string().optional().describe('JSON pointer into the body'),
  parameter: z.string().optional().describe('Name of a query parameter'),
});

/** A problem detail (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.enum(names.map((name) => `urn:intent-fleet:problem:${name}`)),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    errors: z.array(placeSchema).optional(),
    error: z.string().optional().describe('The detail again, where the Open Inference Protocol expects it'),
  })
  .meta({ id: 'Problem', description: 'A problem detail as RFC 9457 defines it' });
