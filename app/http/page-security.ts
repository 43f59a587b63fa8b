import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** Where a page's scripts and styles may come from, as sources of a Content-Security-Policy. */
export interface PageSources {
  scripts: string[];
  styles: string[];
}

type SetHeaders = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Returns a function that sets a page's security headers: they allow its sources and its own server alone. */
export function pageSecurity({ scripts, styles }: PageSources): SetHeaders {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: scripts,
        styleSrc: styles,
        imgSrc: ['data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    // One service cannot demand TLS for the whole host name.
    strictTransportSecurity: false,
  });
}

/** Returns the source that allows a script or a style inside the page. */
export function hashSource(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
