import { createHash } from 'node:crypto';
import test, { type ExecutionContext } from 'ava';
import { BrowserPage, browser } from '../support/browser.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTestService } from './service.ts';

function hash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

test('the page allows its own script and style alone', async (t) => {
  const { url } = await startTestService(t);
  const response = await fetch(url);
  const page = await response.text();
  const inner = (tag: string) => page.slice(page.indexOf(`<${tag}>`) + tag.length + 2, page.indexOf(`</${tag}>`));
  t.is(response.headers.get('content-type'), 'text/html; charset=utf-8');
  t.is(
    response.headers.get('content-security-policy'),
    [
      "default-src 'none'",
      `script-src ${hash(inner('script'))}`,
      `style-src ${hash(inner('style'))}`,
      'img-src data:',
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join(';'),
  );
  t.notRegex(page, /(src|href)="(https?:)?\/\//);
});

const withBrowser = browser ? test : test.skip;

async function openPage(t: ExecutionContext): Promise<BrowserPage> {
  const { url } = await startTestService(t);
  return BrowserPage.open(t, browser as string, await temporaryFolder(t), url);
}

withBrowser('a browser sends a message by keyboard and shows its explanation', async (t) => {
  const page = await openPage(t);
  await page.until("document.activeElement?.id === 'text'");
  await page.send('Input.insertText', { text: 'Great service! <b>Thanks</b>' });
  await page.pressControlEnter();
  await page.until("!document.getElementById('result').hidden");
  t.is(await page.text('intent'), 'praise');
  t.is(await page.evaluate("document.querySelectorAll('#alternatives li').length"), 4);
  t.regex(await page.text('why'), /great/);
  t.is(await page.text('words'), 'Great service! <b>Thanks</b>');
  t.is(await page.evaluate("document.querySelector('#words mark.towards').textContent"), 'Great');
  t.is(await page.evaluate("document.querySelectorAll('#words b').length"), 0);
  t.is(await page.text('length'), '28 characters');
  await page.evaluate("document.getElementById('text').value = `it's`; document.getElementById('copy').click()");
  await page.until("document.getElementById('copied').textContent !== ''");
  const copied = await page.text('copied');
  t.true(copied === 'copied' || copied.endsWith(String.raw` -d '{"text":"it'\''s"}'`), copied);
  await page.evaluate("document.getElementById('text').value = ' '; document.getElementById('form').requestSubmit()");
  await page.until("!document.getElementById('problem').hidden");
  t.regex(await page.text('problem'), /^\/text: expected a text/);
  // Violations of the content security policy and errors of the script are events.
  t.deepEqual(
    page.events.filter(({ method, entry }) => {
      const { level, url: source } = (entry ?? {}) as { level?: string; url?: string };
      return method === 'Runtime.exceptionThrown' || (level === 'error' && !source?.includes('/predict'));
    }),
    [],
  );
});

withBrowser('the page fits a phone, in light and in dark', async (t) => {
  const page = await openPage(t);
  const phone = { width: 360, height: 740, deviceScaleFactor: 2, mobile: true };
  await page.send('Emulation.setDeviceMetricsOverride', phone);
  await page.until("document.querySelector('#examples button') !== null");
  await page.evaluate("document.querySelectorAll('#examples button')[2].click()");
  await page.until("!document.getElementById('result').hidden");
  t.true((await page.evaluate('document.documentElement.scrollWidth <= 360')) as boolean);
  const grounds = [];
  for (const value of ['light', 'dark']) {
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
    grounds.push(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor'));
  }
  t.deepEqual(grounds, ['rgb(251, 251, 249)', 'rgb(20, 24, 29)']);
});
