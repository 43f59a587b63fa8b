import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import { http } from '../../common/node-http.ts';

/** The classes of an HTTP server's requests and responses, with the prototypes that Express expects. */
export interface ExpressMessages {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse<IncomingMessage>;
}

/**
 * Returns classes whose prototypes are `application.request` and `application.response`. Express sets these prototypes on every
 * request and response: changing the prototype of an object makes later access to it slow, setting the same one is free.
 */
export function expressMessages(application: Express): ExpressMessages {
  class Request extends http.IncomingMessage {}
  class Response extends http.ServerResponse<IncomingMessage> {}
  application.request = withPrototype(Request.prototype, application.request);
  application.response = withPrototype(Response.prototype, application.response);
  return { IncomingMessage: Request, ServerResponse: Response };
}

function withPrototype<T extends object>(prototype: object, parent: T): T {
  return Object.setPrototypeOf(prototype, parent);
}
