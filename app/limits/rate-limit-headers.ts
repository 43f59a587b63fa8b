import type { Request } from 'express';
import type { RateLimitInfo } from 'express-rate-limit';
import type { Settings } from '../settings.ts';

declare global {
  namespace Express {
    interface Request {
      /** How much of its limit this client has left; undefined where there is no limit. */
      rateLimit: RateLimitInfo | undefined;
    }
    interface Locals {
      /** The limit that every client has, as a header says it. */
      rateLimitPolicy?: string;
    }
  }
}

const name = '"requests"';

/** The policy's header, which is the same for every client. */
export function rateLimitPolicy({ requests, windowSeconds }: Settings['rateLimit']): string {
  return `${name}; q=${requests}; w=${windowSeconds}`;
}

/**
 * The headers of draft-ietf-httpapi-ratelimit-headers-08. The library that counts writes them too, but with a hash of the
 * client's address, which costs as much as all its counting and tells a client nothing: the draft leaves it to the server.
 */
export function rateLimitHeaders({ rateLimit, app }: Request): Record<string, string> | undefined {
  const policy: string | undefined = app.locals.rateLimitPolicy;
  if (!rateLimit || !policy) return undefined;
  return { 'RateLimit-Policy': policy, RateLimit: `${name}; r=${rateLimit.remaining}; t=${secondsLeft(rateLimit)}` };
}

function secondsLeft({ resetTime }: RateLimitInfo): number {
  return resetTime ? Math.max(0, Math.ceil((resetTime.getTime() - Date.now()) / 1000)) : 0;
}
