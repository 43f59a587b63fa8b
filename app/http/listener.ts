import type { RequestListener } from 'node:http';
import type { Express, Request, Response } from 'express';

/** Called with each request before the application is. */
export type Observer = (request: Request, response: Response) => void;

/** Called with what the application neither answered nor could: an error, or nothing. */
export type LastHandler = (error: unknown, request: Request, response: Response) => void;

/**
 * What Node's HTTP server calls with each request: the application, after whoever observes it. Express' own last handler
 * answers with HTML, and is made anew for each request.
 */
export function requestListener(application: Express, observe: Observer, handleLast: LastHandler): RequestListener {
  return (incoming, outgoing) => {
    const [request, response] = [incoming as Request, outgoing as Response];
    observe(request, response);
    application(request, response, (error?: unknown) => handleLast(error, request, response));
  };
}
