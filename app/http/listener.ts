import type { RequestListener } from 'node:http';
import type { Express, Request, Response } from 'express';

/** Called with each request before the application is. */
export type Observer = (request: Request, response: Response) => void;

/** What Node's HTTP server calls with each request: the application, after whoever observes it. */
export function requestListener(application: Express, observe: Observer): RequestListener {
  return (incoming, outgoing) => {
    const [request, response] = [incoming as Request, outgoing as Response];
    observe(request, response);
    // The application answers everything; what fails while an error is answered ends here. Express' own last handler
    // would answer with HTML, and is made anew for each request.
    application(request, response, () => response.destroy());
  };
}
