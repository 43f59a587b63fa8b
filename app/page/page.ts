import { createHash } from 'node:crypto';
import helmet from 'helmet';
import { markup } from './markup.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** The page's HTML. */
export const page = markup(style, script);

/** Sets the page's security headers: they allow its own script, its own style and its own server alone. */
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
  // One service cannot demand TLS for the whole host name.
  strictTransportSecurity: false,
});

function hashSource(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
