import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { ApiKeyScope } from '../../common/api-keys/scopes.ts';
import type { ProblemName } from '../problems/catalogue.ts';

/** An operation of the API: routes, validates and documents its requests. */
export interface Operation {
  id: string;
  tag: 'predict' | 'feedback' | 'probes' | 'inference protocol' | 'about';
  method: 'get' | 'post';
  /** The path in OpenAPI's form, such as `/v2/models/{model}`. */
  path: string;
  summary: string;
  /** The path parameters. */
  parameters?: Record<string, z.ZodString | z.ZodLiteral<string>>;
  query?: z.ZodObject;
  body?: { schema: z.ZodType; mediaTypes: readonly string[] };
  answer: { description: string; mediaType: string; schema?: z.ZodType };
  /** Its own problems, besides those of its body, its limits and HTTP. */
  problems: readonly ProblemName[];
  /** True for a health check, which no rate limit may refuse. */
  isProbe?: boolean;
  /** The scope of the API keys that may call it; without one, everyone may. */
  scope?: ApiKeyScope;
  handle: RequestHandler;
}

/** The media type of most bodies and answers. */
export const json = 'application/json';
