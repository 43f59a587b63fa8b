import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { Problem } from '../problems/problem.ts';
import type { Settings } from '../settings.ts';
import { ClientCounter } from './client-counter.ts';
import { rateLimitHeaders, rateLimitPolicy } from './rate-limit-headers.ts';

/**
 * Refuses a client that asks more often than the settings allow. The counting is done here, and at once: the middleware of
 * express-rate-limit awaits five promises and hashes the address, which took as long as the rest of an answer.
 */
export function limitRate({ rateLimit, trustProxy }: Settings, onRefusal: () => void): RequestHandler {
  const { requests, windowSeconds } = rateLimit;
  if (requests === 0) return (_request, _response, next) => next();
  const counter = new ClientCounter(windowSeconds * 1000);
  const policy = rateLimitPolicy(rateLimit);
  // Without a proxy there is no header to look for the client in, which Express' `ip` does all the same.
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

const proxiedAddress = ({ ip }: Request) => ip ?? 'unknown';
const socketAddress = ({ socket }: Request) => socket.remoteAddress ?? 'unknown';

// An IPv6 client is its /64 network, which is what one household or one machine is given.
function clientOf(address: string): string {
  return address.includes(':') ? ipKeyGenerator(address, 64) : address;
}

function tooMany({ requests, windowSeconds }: Settings['rateLimit'], seconds: number): Problem {
  const detail = `A client may make ${requests} requests in ${windowSeconds} s; try again in ${seconds} s.`;
  return new Problem('too-many-requests', detail, { headers: { 'Retry-After': String(seconds) } });
}
