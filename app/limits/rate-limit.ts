import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { decimal } from '../http/decimal.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { ServiceSettings } from '../settings.ts';
import { ClientCounter } from './client-counter.ts';

declare global {
  namespace Express {
    interface Request {
      /** The headers `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-08) of a limited request. */
      rateLimit: { policy: string; state: string } | undefined;
    }
  }
}

/**
 * Refuses a client, which is an API key or an address, that exceeds the rate limit. Counts synchronously: the middleware of
 * express-rate-limit awaits five promises and hashes the address, which takes 3 µs.
 */
export function limitRate({ rateLimit, trustProxy }: ServiceSettings, onRefusal: () => void): RequestHandler {
  const { requests, windowSeconds } = rateLimit;
  if (requests === 0) return (_request, _response, next) => next();
  const counter = new ClientCounter(windowSeconds * 1000);
  const policy = `"requests"; q=${requests}; w=${windowSeconds}`;
  // Express' `ip` looks for a header, which is not trusted without a proxy.
  const addressOf = trustProxy > 0 ? ({ ip }: Request) => ip : ({ socket }: Request) => socket.remoteAddress;
  return (request, _response, next) => {
    const { apiKey } = request;
    const client = apiKey ? `key ${apiKey.name}` : clientOf(addressOf(request) ?? 'unknown');
    const { used, endsAt } = counter.count(client);
    const seconds = Math.ceil((endsAt - Date.now()) / 1000);
    request.rateLimit = { policy, state: `"requests"; r=${decimal(Math.max(0, requests - used))}; t=${seconds}` };
    if (used <= requests) return next();
    onRefusal();
    throw tooMany(rateLimit, seconds);
  };
}

// An IPv6 client is its /64 network, the usual allocation of a household or a machine.
function clientOf(address: string): string {
  return address.includes(':') ? ipKeyGenerator(address, 64) : address;
}

function tooMany({ requests, windowSeconds }: ServiceSettings['rateLimit'], seconds: number): HttpProblem {
  const detail = `A client may make ${requests} requests in ${windowSeconds} s; try again in ${seconds} s.`;
  return new HttpProblem('too-many-requests', detail, { headers: { 'Retry-After': String(seconds) } });
}
