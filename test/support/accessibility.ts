import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserPage } from './browser.ts';

// Read by the tests alone: no page loads it.
const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Finding {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

const sizes = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

/** Checks a page as it is by axe-core, wide and narrow, in light and in dark; returns what it finds, a line each. */
export async function accessibilityFindings(page: BrowserPage): Promise<string[]> {
  await page.evaluate(`${axe}; undefined`);
  const found: string[] = [];
  for (const { width, height } of sizes) {
    const mobile = width < 600;
    await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile });
    for (const value of ['light', 'dark'] as const) {
      await page.preferColourScheme(value);
      // A script that follows the colour scheme is told of it with the next frame; colours may change gradually.
      await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');
      await page.evaluate(
        'Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => {})',
      );
      const violations = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as Finding[];
      found.push(...violations.flatMap((one) => linesOf(one, `${width} px, ${value}`)));
    }
  }
  return found;
}

function linesOf({ id, nodes }: Finding, where: string): string[] {
  return nodes.map(({ html, failureSummary }) => `${where}: ${id}: ${html}: ${failureSummary.replaceAll(/\s+/g, ' ')}`);
}
