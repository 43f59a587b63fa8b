import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { renderPage } from '../../../model/evaluation/page.ts';
import { accessibilityFindings } from '../../support/accessibility.ts';
import { BrowserPage, browser } from '../../support/browser.ts';
import { folderWith } from '../folders.ts';
import { evaluated } from './evaluated.ts';

const withBrowser = browser ? test : test.skip;

withBrowser('axe finds nothing on the page of a model that may be released, and of one that may not', async (t) => {
  const evaluation = await evaluated(t);
  const refused = {
    ...evaluation,
    golden: { texts: 1, failures: [{ text: 'hi', expected: 'greeting', got: 'praise' }] },
  };
  const folder = await folderWith(t, {
    'good.html': renderPage(evaluation, []),
    'bad.html': renderPage(refused, ['accuracy: too low']),
  });
  const urlOf = (name: string) => pathToFileURL(join(folder, `${name}.html`)).href;
  const page = await BrowserPage.open(t, browser as string, join(folder, 'profile'), urlOf('good'));
  t.deepEqual(await accessibilityFindings(page), []);
  await page.send('Page.navigate', { url: urlOf('bad') });
  await page.until("location.pathname.endsWith('/bad.html') && document.readyState === 'complete'");
  t.deepEqual(await accessibilityFindings(page), []);
});
