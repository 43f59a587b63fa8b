import type { Manifest } from '../../model/artifact/manifest.ts';
import { hashSource, pageSecurity } from '../http/page-security.ts';
import type { ServiceSettings } from '../settings.ts';
import { markup } from './markup.ts';
import { chooseSamples } from './samples.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/**
 * Renders the page for a model: it offers the model's intents, unless an API key is needed to learn them, and some of its texts where
 * the settings say so.
 */
export function renderPage(
  { labels, examples }: Pick<Manifest, 'labels' | 'examples'>,
  { samples, limits, apiKeys, feedback }: Pick<ServiceSettings, 'samples' | 'limits' | 'apiKeys' | 'feedback'>,
): string {
  const asksForKey = apiKeys !== undefined;
  const content = {
    labels: asksForKey ? [] : labels,
    samples: samples ? chooseSamples(examples) : [],
    limits,
    asksForKey,
    takesFeedback: feedback !== undefined,
  };
  return markup(content, style, script);
}

/** Sets the page's security headers: they allow its own script and its own style alone. */
export const securePage = pageSecurity({ scripts: [hashSource(script)], styles: [hashSource(style)] });
