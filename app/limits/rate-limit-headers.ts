import { decimal } from '../http/decimal.ts';
import type { Settings } from '../settings.ts';

declare global {
  namespace Express {
    interface Request {
      /** What to tell the client about its limit; undefined where there is none. */
      rateLimit: RateLimitHeaders | undefined;
    }
  }
}

/** The values of the two headers of draft-ietf-httpapi-ratelimit-headers-08: `RateLimit-Policy` and `RateLimit`. */
export interface RateLimitHeaders {
  policy: string;
  state: string;
}

/** The limit itself, the same for every client. */
export function rateLimitPolicy({ requests, windowSeconds }: Settings['rateLimit']): string {
  return `"requests"; q=${requests}; w=${windowSeconds}`;
}

/** The headers that tell a client its limit and how much of it is left. */
export function rateLimitHeaders(policy: string, remaining: number, seconds: number): RateLimitHeaders {
  return { policy, state: `"requests"; r=${decimal(remaining)}; t=${seconds}` };
}
