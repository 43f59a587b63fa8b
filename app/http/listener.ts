import type { RequestListener } from 'node:http';
import type { Express, Request, Response } from 'express';

/** Is called with each request before the application. */
export type Observer = (request: Request, response: Response) => void;

/** Is called when the application did not answer a request, with its error if there was one. */
export type LastHandler = (error: unknown, request: Request, response: Response) => void;

/**
 * Returns the listener of an HTTP server: calls the observer, then the application. Express' own last handler answers with
 * HTML and is created for each request.
 */
export function requestListener(application: Express, observe: Observer, handleLast: LastHandler): RequestListener {
  return (incoming, outgoing) => {
    const [request, response] = [incoming as Request, outgoing as Response];
    observe(request, response);
    application(request, response, (error?: unknown) => handleLast(error, request, response));
  };
}
