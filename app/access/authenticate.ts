import type { RequestHandler } from 'express';
import type { ApiKeyScope } from '../../common/api-keys/scopes.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { KeyRing, KnownKey } from './key-ring.ts';

declare global {
  namespace Express {
    interface Request {
      /** The key that the request has proved; undefined without one, and where the service asks for none. */
      apiKey: KnownKey | undefined;
    }
  }
}

/** Finds the key of a request, so that limits, logs and metrics know its name. Refuses nobody. */
export function identifyKey(ring: () => KeyRing, onUse: (name: string) => void): RequestHandler {
  return (request, _response, next) => {
    const text = bearerToken(request.headers.authorization);
    request.apiKey = text === undefined ? undefined : ring().find(text);
    if (request.apiKey) onUse(request.apiKey.name);
    next();
  };
}

/** Refuses a request without a key of a scope, as RFC 6750 says. */
export function requireScope(scope: ApiKeyScope, onRefusal: (reason: 'no_key' | 'scope') => void): RequestHandler {
  return ({ apiKey, headers }, _response, next) => {
    if (apiKey?.scopes.has(scope)) return next();
    onRefusal(apiKey ? 'scope' : 'no_key');
    throw apiKey ? outOfScope(scope) : unauthorized(headers.authorization !== undefined);
  };
}

// The scheme has no case.
function bearerToken(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^bearer +(\S+) *$/i.exec(header)?.[1];
}

function unauthorized(hasCredentials: boolean): HttpProblem {
  const detail = hasCredentials
    ? 'The API key is not known here, or it has been revoked.'
    : 'Send an API key in the header: Authorization: Bearer ifk_….';
  return new HttpProblem('unauthorized', detail, {
    headers: { 'WWW-Authenticate': `Bearer realm="intent-fleet"${hasCredentials ? ', error="invalid_token"' : ''}` },
  });
}

function outOfScope(scope: ApiKeyScope): HttpProblem {
  return new HttpProblem('forbidden', `The API key has no scope ${scope}.`, {
    headers: { 'WWW-Authenticate': `Bearer realm="intent-fleet", error="insufficient_scope", scope="${scope}"` },
  });
}
