import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { experimentPage } from '../../../experiments/report/page.ts';
import { folderWith } from '../../model/folders.ts';
import { accessibilityFindings } from '../../support/accessibility.ts';
import { BrowserPage, browser } from '../../support/browser.ts';
import { findings } from './findings.ts';

const withBrowser = browser ? test : test.skip;

withBrowser('axe finds nothing on the page of an experiment', async (t) => {
  const folder = await folderWith(t, { 'report.html': experimentPage(findings) });
  const url = pathToFileURL(join(folder, 'report.html')).href;
  const page = await BrowserPage.open(t, browser as string, join(folder, 'profile'), url);
  t.deepEqual(await accessibilityFindings(page), []);
});
