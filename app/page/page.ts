import { hashSource, pageSecurity } from '../http/page-security.ts';
import { markup } from './markup.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** The page's HTML. */
export const page = markup(style, script);

/** Sets the page's security headers: they allow its own script and its own style alone. */
export const securePage = pageSecurity({ scripts: [hashSource(script)], styles: [hashSource(style)] });
