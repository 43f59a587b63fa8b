/** The problems that the service answers with; `type` is `urn:intent-fleet:problem:` and the name. */
export const problemCatalogue = {
  'invalid-request': { status: 400, title: 'The request is not valid HTTP' },
  'invalid-path': { status: 400, title: 'The path is not valid' },
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  unauthorized: { status: 401, title: 'An API key is needed' },
  forbidden: { status: 403, title: 'The API key may not do this' },
  'not-found': { status: 404, title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of a type that is not accepted' },
  'invalid-content': { status: 422, title: 'The content is not as documented' },
  'too-many-requests': { status: 429, title: 'The rate limit is exceeded' },
  'headers-too-large': { status: 431, title: 'The request head is too large' },
  internal: { status: 500, title: 'The service failed' },
  overloaded: { status: 503, title: 'Too many requests are waiting' },
  'not-ready': { status: 503, title: 'The service is not ready' },
} as const satisfies Record<string, { status: number; title: string }>;

/** The name of a documented problem. */
export type ProblemName = keyof typeof problemCatalogue;
