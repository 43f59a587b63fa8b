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

/** The limit itself, the same for every client. */
export function rateLimitPolicy({ requests, windowSeconds }: Settings['rateLimit']): string {
  return `"requests"; q=${requests}; w=${windowSeconds}`;
}

/** The headers that tell a client its limit and how much of it is left. */
export function rateLimitHeaders(policy: string, remaining: number, seconds: number): RateLimitHeaders {
  return { 'RateLimit-Policy': policy, RateLimit: `"requests"; r=${remaining}; t=${seconds}` };
}
