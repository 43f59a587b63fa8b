import { decimal } from '../http/decimal.ts';
import type { ServiceSettings } from '../settings.ts';

declare global {
  namespace Express {
    interface Request {
      /** The headers about the client's limit; undefined where there is none. */
      rateLimit: RateLimitHeaders | undefined;
    }
  }
}

/** The values of the two headers of draft-ietf-httpapi-ratelimit-headers-08: `RateLimit-Policy` and `RateLimit`. */
export interface RateLimitHeaders {
  policy: string;
  state: string;
}

/** Returns the policy, which is the same for every client. */
export function rateLimitPolicy({ requests, windowSeconds }: ServiceSettings['rateLimit']): string {
  return `"requests"; q=${requests}; w=${windowSeconds}`;
}

/** Returns the headers about a client's limit: requests that remain, and seconds until the window ends. */
export function rateLimitHeaders(policy: string, remaining: number, seconds: number): RateLimitHeaders {
  return { policy, state: `"requests"; r=${decimal(remaining)}; t=${seconds}` };
}
