import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Problem } from '../problems/problem.ts';
import type { Settings } from '../settings.ts';

/** Counts each client's requests; an IPv6 client is its /64 network, which is what one household or machine is given. */
export function limitRate({ requests, windowSeconds }: Settings['rateLimit'], onRefusal: () => void): RequestHandler {
  if (requests === 0) return (_request, _response, next) => next();
  return rateLimit({
    limit: requests,
    windowMs: windowSeconds * 1000,
    ipv6Subnet: 64,
    standardHeaders: false,
    legacyHeaders: false,
    handler: () => {
      onRefusal();
      throw tooMany(requests, windowSeconds);
    },
  });
}

function tooMany(requests: number, windowSeconds: number): Problem {
  const detail = `A client may make ${requests} requests in ${windowSeconds} s; Retry-After says when to try again.`;
  return new Problem('too-many-requests', detail);
}
