import type { Settings } from '../settings.ts';

declare global {
  namespace Express {
    interface Request {
      /** What to tell the client about its limit; undefined where there is none. */
      rateLimit: RateLimitHeaders | undefined;
    }
  }
}

/** The two headers of draft-ietf-httpapi-ratelimit-headers-08. */
export interface RateLimitHeaders {
  'RateLimit-Policy': string;
  RateLimit: string;
}

/** The headers that tell a client its limit and how much of it is left. */
export function rateLimitHeaders(
  { requests, windowSeconds }: Settings['rateLimit'],
  remaining: number,
  seconds: number,
): RateLimitHeaders {
  return {
    'RateLimit-Policy': `"requests"; q=${requests}; w=${windowSeconds}`,
    RateLimit: `"requests"; r=${remaining}; t=${seconds}`,
  };
}
