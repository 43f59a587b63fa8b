import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { HttpProblem } from '../problems/problem.ts';
import type { ServiceSettings } from '../settings.ts';
import { ClientCounter } from './client-counter.ts';
import { rateLimitHeaders, rateLimitPolicy } from './rate-limit-headers.ts';

/**
 * Refuses a client that exceeds the rate limit. Counts synchronously: the middleware of express-rate-limit awaits five
 * promises and hashes the address, which takes 3 µs.
 */
export function limitRate({ rateLimit, trustProxy }: ServiceSettings, onRefusal: () => void): RequestHandler {
  const { requests, windowSeconds } = rateLimit;
  if (requests === 0) return (_request, _response, next) => next();
  const counter = new ClientCounter(windowSeconds * 1000);
  const policy = rateLimitPolicy(rateLimit);
  // Express' `ip` looks for a header, which is not trusted without a proxy.
  const addressOf = trustProxy > 0 ? proxiedAddress : socketAddress;
  return (request, _response, next) => {
    const { used, endsAt } = counter.count(clientOf(addressOf(request)));
    const seconds = Math.ceil((endsAt - Date.now()) / 1000);
    request.rateLimit = rateLimitHeaders(policy, Math.max(0, requests - used), seconds);
    if (used <= requests) return next();
    onRefusal();
    throw tooMany(rateLimit, seconds);
  };
}

function proxiedAddress({ ip }: Request): string {
  return ip ?? 'unknown';
}

function socketAddress({ socket }: Request): string {
  return socket.remoteAddress ?? 'unknown';
}

// An IPv6 client is its /64 network, the usual allocation of a household or a machine.
function clientOf(address: string): string {
  return address.includes(':') ? ipKeyGenerator(address, 64) : address;
}

function tooMany({ requests, windowSeconds }: ServiceSettings['rateLimit'], seconds: number): HttpProblem {
  const detail = `A client may make ${requests} requests in ${windowSeconds} s; try again in ${seconds} s.`;
  return new HttpProblem('too-many-requests', detail, { headers: { 'Retry-After': String(seconds) } });
}
