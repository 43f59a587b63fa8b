import { createHash } from 'node:crypto';
import helmet from 'helmet';
import { markup } from './markup.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** The whole page, in one answer. */
export const page = markup(style, script);

/** Sets the page's security headers: it may run its own script, use its own style, ask its own server, and nothing else. */
export const securePage = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: [hashSource(script)],
      styleSrc: [hashSource(style)],
      imgSrc: ['data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  xFrameOptions: { action: 'deny' },
  // Whether a host name and all below it speak TLS is not for one service on it to say.
  strictTransportSecurity: false,
});

function hashSource(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
