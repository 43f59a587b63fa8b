import { z } from 'zod';

/** The answer of `GET /health`. */
export const healthSchema = z.object({ status: z.literal('alive') }).meta({ id: 'Health' });

const refusalSchema = z.object({
  at: z.iso.datetime(),
  reason: z.string().describe('Why the new model, certificate or list of keys was refused; the old one stays'),
});

/** The answer of `GET /ready`. */
export const readySchema = z
  .object({
    status: z.literal('ready'),
    model: z.string().describe('Version of the model that answers'),
    refused: z
      .object({
        model: refusalSchema.optional(),
        certificate: refusalSchema.optional(),
        keys: refusalSchema.optional(),
      })
      .optional()
      .describe('The last reload, where it failed'),
  })
  .meta({ id: 'Ready' });

/** The answer of `GET /ready`. */
export type Ready = z.infer<typeof readySchema>;
