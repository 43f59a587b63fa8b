import { isIPv4 } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { Problem } from '../problems/problem.ts';
import type { Settings } from '../settings.ts';
import { ClientCounter } from './client-counter.ts';
import { rateLimitHeaders } from './rate-limit-headers.ts';

/**
 * Refuses a client that asks more often than the settings allow. The counting is done here, and at once: the middleware of
 * express-rate-limit awaits five promises and hashes the address, which took as long as the rest of an answer.
 */
export function limitRate(settings: Settings['rateLimit'], onRefusal: () => void): RequestHandler {
  const { requests, windowSeconds } = settings;
  if (requests === 0) return (_request, _response, next) => next();
  const counter = new ClientCounter(windowSeconds * 1000);
  return (request, _response, next) => {
    const { used, endsAt } = counter.count(clientOf(request));
    const seconds = Math.ceil((endsAt - Date.now()) / 1000);
    request.rateLimit = rateLimitHeaders(settings, Math.max(0, requests - used), seconds);
    if (used <= requests) return next();
    onRefusal();
    throw tooMany(settings, seconds);
  };
}

/** An IPv6 client is its /64 network, which is what one household or one machine is given. */
function clientOf({ ip = 'unknown' }: Request): string {
  return isIPv4(ip) ? ip : ipKeyGenerator(ip, 64);
}

function tooMany({ requests, windowSeconds }: Settings['rateLimit'], seconds: number): Problem {
  const detail = `A client may make ${requests} requests in ${windowSeconds} s; try again in ${seconds} s.`;
  return new Problem('too-many-requests', detail, { headers: { 'Retry-After': String(seconds) } });
}
