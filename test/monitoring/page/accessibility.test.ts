import { accessibilityFindings } from '../../support/accessibility.ts';
import { BrowserPage, browser } from '../../support/browser.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { prometheusWithSamples, startSite } from './site.ts';
import { withBrowser } from './with-browser.ts';

withBrowser(
  'axe finds nothing on the page with data, in charts and in tables, nor when Prometheus has stopped answering',
  async (t, programs) => {
    // Of many elements, each pair of colours is measured.
    t.timeout(120_000);
    const prometheus = await prometheusWithSamples(t, programs, { seconds: 1000, step: 15 });
    let source = prometheus;
    const site = await startSite(t, () => source);
    const page = await BrowserPage.open(t, browser as string, await temporaryFolder(t), site);
    await page.until("document.querySelectorAll('#alerts li').length > 0");
    await page.until("document.querySelectorAll('.legend button').length > 10");
    // Some panels as tables, and a hidden line in each.
    const buttons = '.panel:nth-child(2n) .actions button, .legend li:first-child button';
    await page.evaluate(`for (const button of document.querySelectorAll('${buttons}')) button.click()`);
    t.deepEqual(await accessibilityFindings(page), []);
    // Nothing listens on this port, as when Prometheus has stopped.
    source = 'http://127.0.0.1:1';
    await page.evaluate("location.hash = 'range=3h'");
    await page.until("document.body.classList.contains('stale')");
    t.deepEqual(await accessibilityFindings(page), []);
  },
);
