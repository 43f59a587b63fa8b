import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { ProblemName } from '../problems/catalogue.ts';

/** What is at a path: enough to route a request, to check it and to document it. */
export interface Operation {
  id: string;
  tag: 'predict' | 'probes' | 'inference protocol' | 'about';
  method: 'get' | 'post';
  /** As OpenAPI writes it: `/v2/models/{model}`. */
  path: string;
  summary: string;
  /** Path parameters. */
  parameters?: Record<string, z.ZodString | z.ZodLiteral<string>>;
  query?: z.ZodObject;
  body?: { schema: z.ZodType; mediaTypes: readonly string[] };
  answer: { description: string; mediaType: string; schema?: z.ZodType };
  /** What else than an answer it may say, besides what its body, its limits and HTTP itself bring about. */
  problems: readonly ProblemName[];
  /** Whether the rate limit passes it by, as it must for whoever asks if the service is alive. */
  isProbe?: boolean;
  handle: RequestHandler;
}

/** The type of an ordinary body and answer. */
export const json = 'application/json';
