import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import { http } from './node-http.ts';

/** Classes for an HTTP server whose requests and responses are Express' own from the start. */
export interface ExpressMessages {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse<IncomingMessage>;
}

/**
 * Express gives every request and response the prototypes `application.request` and `application.response`. Changing the
 * prototype of an object that exists makes all later access to it slow, which costs more than everything else that Express
 * does; changing it to what it is already costs nothing. So these classes are made to have those prototypes.
 */
export function expressMessages(application: Express): ExpressMessages {
  class Request extends http.IncomingMessage {}
  class Response extends http.ServerResponse<IncomingMessage> {}
  application.request = inheriting(Request.prototype, application.request);
  application.response = inheriting(Response.prototype, application.response);
  return { IncomingMessage: Request, ServerResponse: Response };
}

function inheriting<T extends object>(prototype: object, parent: T): T {
  return Object.setPrototypeOf(prototype, parent);
}
