import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { renderPage } from '../../../model/evaluation/page.ts';
import { BrowserPage, browser } from '../../support/browser.ts';
import { folderWith } from '../folders.ts';
import { evaluated } from './evaluated.ts';

test('the evaluation holds the metrics, the mistakes with their causes, and a learning curve up to all examples', async (t) => {
  const evaluation = await evaluated(t);
  t.is(evaluation.metrics.examples, 18);
  const [first, second] = evaluation.mistakes;
  t.like(first, { text: 'hello', expected: 'complaint', got: 'greeting' });
  t.like(second, { text: 'great <script>alert(1)</script>', expected: 'complaint', got: 'praise' });
  t.true((first?.confidence ?? 0) > (second?.confidence ?? 1));
  t.regex(second?.because[0]?.feature ?? '', /gre|great/);
  t.deepEqual(
    evaluation.learningCurve.map(({ examples }) => examples),
    [4, 4, 8, 12, 16],
  );
  t.is(evaluation.learningCurve.at(-1)?.accuracy, 1);
});

test('the page is self-contained and the same each time, follows the theme and escapes the texts', async (t) => {
  const evaluation = await evaluated(t);
  const page = renderPage(evaluation, []);
  t.is(renderPage(evaluation, []), page);
  const charts = Array.from(page.matchAll(/<svg [^>]*aria-label="(\w+)/g), ([, name]) => name);
  t.deepEqual(charts, ['Reliability', 'Coverage', 'Learning', 'Confusion']);
  for (const outside of ['<script ', '<link', 'src=', 'url(', '@import']) t.false(page.includes(outside), outside);
  t.is(page.match(/<script>/g)?.length, 1);
  // The drawings contain neither a placeholder nor a fixed colour.
  const drawings = page.slice(page.indexOf('<svg'));
  t.deepEqual(drawings.match(/(fill|stroke)="#(?!000)[0-9a-f]+"/g), null);
  t.true(page.includes('great &lt;script&gt;alert(1)&lt;/script&gt;'));
  t.true(
    page.includes('<li><strong>the model has &lt;b&gt;learned&lt;/b&gt; them</strong></li>\n<li>line 3 &amp; 4</li>'),
  );
  const digest = (letter: string) => `<td><code title="${letter.repeat(64)}">${letter.repeat(12)}</code></td></tr>\n`;
  t.true(
    page.includes(
      `<tr><td>to learn from</td><td class="text">another one</td><td></td><td class="number">16</td>${digest('a')}` +
        `<tr><td>to measure with</td><td class="text">own.csv</td><td>2026-03-01 17:05</td><td class="number">19</td>${digest('b')}`,
    ),
  );
  t.true(page.includes('This model may be released'));
  const refused = renderPage(evaluation, ['accuracy: <too low>']);
  t.true(
    refused.includes(
      '<p>This model may not be released:</p>\n<ul class="remarks">\n<li>accuracy: &lt;too low&gt;</li>',
    ),
  );
  t.true(page.includes('var(--first)') && page.includes('prefers-color-scheme: dark'));
});

const withBrowser = browser ? test : test.skip;

withBrowser('a browser sorts the intents by a column, and by a second click the other way around', async (t) => {
  const folder = await folderWith(t, { 'page.html': renderPage(await evaluated(t), []) });
  const url = pathToFileURL(join(folder, 'page.html')).href;
  const page = await BrowserPage.open(t, browser as string, join(folder, 'profile'), url);
  await page.until("document.querySelector('table.sortable th button') !== null");
  const intents = () =>
    page.evaluate("[...document.querySelectorAll('table.sortable tbody tr')].map((row) => row.cells[0].textContent)");
  const click = (column: number) =>
    page.evaluate(`document.querySelectorAll('table.sortable th button')[${column}].click()`);
  await click(0);
  t.deepEqual(await intents(), ['complaint', 'greeting', 'praise', 'question']);
  await click(0);
  t.deepEqual(await intents(), ['question', 'praise', 'greeting', 'complaint']);
  t.is(await page.evaluate("document.querySelector('th[aria-sort]').textContent"), 'Intent');
  await click(1);
  t.is(await page.evaluate("document.querySelector('table.sortable tbody').rows[3].cells[1].textContent"), '100.0 %');
  const errors = page.events.filter(({ method }) => method === 'Runtime.exceptionThrown');
  t.deepEqual(errors, []);
});

withBrowser('the page fits a phone', async (t) => {
  const folder = await folderWith(t, { 'page.html': renderPage(await evaluated(t), []) });
  const url = pathToFileURL(join(folder, 'page.html')).href;
  const page = await BrowserPage.open(t, browser as string, join(folder, 'profile'), url);
  await page.send('Emulation.setDeviceMetricsOverride', {
    width: 360,
    height: 740,
    deviceScaleFactor: 2,
    mobile: true,
  });
  await page.until("document.querySelector('table.sortable th button') !== null");
  t.is(await page.evaluate('document.documentElement.scrollWidth'), 360);
});
