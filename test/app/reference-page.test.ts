import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { checkoutFolder } from '../../common/paths.ts';
import { accessibilityFindings } from '../support/accessibility.ts';
import { BrowserPage, browser } from '../support/browser.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ServiceProcess } from './process.ts';
import { getJson, ownArtifact, post, problemOf, startTestService, statusAndJson } from './service.ts';

const files = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' };

test('the page allows its own script, its own style and the files of this service alone', async (t) => {
  const { url } = await startTestService(t);
  const response = await fetch(`${url}/docs`);
  t.is(response.status, 200);
  t.is(response.headers.get('content-type'), 'text/html; charset=utf-8');
  t.regex(
    response.headers.get('content-security-policy') ?? '',
    /^default-src 'none';script-src 'self' 'sha256-[^' ]+';style-src 'self' 'sha256-[^' ]+';img-src data:;connect-src 'self';/,
  );
  t.notRegex(await response.text(), /(src|href)="(https?:)?\/\//);
});

async function bytes(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

// As a browser asks; `fetch` alone would ask not to be answered from a cache.
function ifNoneMatch(url: string, tags: string): Promise<Response> {
  return fetch(url, { headers: { 'If-None-Match': tags, 'Cache-Control': 'max-age=0' } });
}

for (const [name, type] of Object.entries(files)) {
  test(`${name} is sent compressed, plain, or not again, as the client asks`, async (t) => {
    const url = `${(await startTestService(t)).url}/docs/${name}`;
    const expected = await readFile(join(checkoutFolder, 'node_modules/swagger-ui-dist', name));
    const compressed = await fetch(url, { headers: { 'Accept-Encoding': 'gzip, br' } });
    t.is(compressed.headers.get('content-encoding'), 'gzip');
    t.true(Number(compressed.headers.get('content-length')) < expected.length / 3);
    t.true(expected.equals(await bytes(compressed)));
    const plain = await fetch(url, { headers: { 'Accept-Encoding': 'identity' } });
    t.is(plain.headers.get('content-encoding'), null);
    t.is(plain.headers.get('content-length'), String(expected.length));
    t.true(expected.equals(await bytes(plain)));
    for (const { headers } of [compressed, plain]) {
      t.is(headers.get('content-type'), `${type}; charset=utf-8`);
      t.is(headers.get('cache-control'), 'no-cache');
      t.is(headers.get('vary'), 'Accept-Encoding');
    }
    const tag = compressed.headers.get('etag') ?? '';
    t.is(plain.headers.get('etag'), tag);
    const again = await ifNoneMatch(url, `"other", ${tag}`);
    t.deepEqual([again.status, again.headers.get('etag'), (await bytes(again)).length], [304, tag, 0]);
    t.is((await ifNoneMatch(url, '"other"')).status, 200);
  });
}

test('HEAD is answered without a body, and other methods are refused', async (t) => {
  const { url } = await startTestService(t);
  for (const path of ['/docs', ...Object.keys(files).map((name) => `/docs/${name}`)]) {
    const head = await fetch(url + path, { method: 'HEAD' });
    t.deepEqual([head.status, await head.text()], [200, '']);
    t.true(Number(head.headers.get('content-length')) > 0);
    const refused = await post(url + path, {});
    t.deepEqual([refused.status, refused.headers.get('allow')], [405, 'GET, HEAD, OPTIONS']);
  }
});

test('other files are unknown, those of the package too', async (t) => {
  const { url } = await startTestService(t);
  for (const path of ['/docs/none.css', '/docs/package.json', '/docs/..%2fpackage.json', '/docs/swagger-ui.css/x'])
    t.is((await fetch(url + path)).status, 404, path);
});

test('the limit of requests is that of the page', async (t) => {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '1' });
  t.is((await fetch(`${url}/docs`)).status, 200);
  t.is((await fetch(`${url}/docs/swagger-ui.css`)).status, 429);
});

test('a service without the files serves everything else', async (t) => {
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t) });
  const url = await service.url();
  const detail = 'Something went wrong on our side; the request id finds it in the logs.';
  t.deepEqual(await statusAndJson(fetch(`${url}/docs/swagger-ui.css`)), [
    500,
    problemOf('internal', 500, 'The service failed', detail),
  ]);
  t.is((await post(`${url}/predict`, { text: 'hi' })).status, 200);
  t.is((await fetch(`${url}/docs`)).status, 200);
  t.is(await service.stop(), 0);
});

const withBrowser = browser ? test : test.skip;

async function openReference(t: ExecutionContext): Promise<{ page: BrowserPage; url: string }> {
  const { url } = await startTestService(t);
  const page = await BrowserPage.open(t, browser as string, await temporaryFolder(t), url);
  page.events.length = 0;
  await page.send('Network.enable', {});
  await page.send('Page.navigate', { url: `${url}/docs` });
  await page.until("document.querySelector('.opblock') !== null");
  return { page, url };
}

async function pressEnterOn(page: BrowserPage, selector: string): Promise<void> {
  await page.until(`document.querySelector('${selector}') !== null`);
  await page.evaluate(`document.querySelector('${selector}').focus()`);
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, text: '\r' });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

/** Sends a body by the keyboard; returns what the page shows of the answer. */
async function tryOut(page: BrowserPage, body: string, status: number): Promise<string> {
  const predict = '#operations-predict-predict';
  await page.until(`document.querySelector('${predict} .body-param__text') !== null`);
  await page.evaluate(`document.querySelector('${predict} .body-param__text').select()`);
  await page.send('Input.insertText', { text: body });
  await pressEnterOn(page, `${predict} .execute`);
  const answer = `document.querySelector('${predict} .live-responses-table .response')`;
  await page.until(`${answer}?.innerText.startsWith('${status}')`);
  return String(await page.evaluate(`${answer}.innerText`));
}

withBrowser('a browser lists the operations, tries one, and asks no other host', async (t) => {
  const { page, url } = await openReference(t);
  const { paths } = await getJson<{ paths: Record<string, object> }>(`${url}/openapi.json`);
  const shown = "[...document.querySelectorAll('.opblock-summary-path')].map(({ dataset }) => dataset.path)";
  t.deepEqual(await page.evaluate(shown), Object.keys(paths));
  await pressEnterOn(page, '#operations-predict-predict .opblock-summary-control');
  t.regex(await tryOut(page, '{"text": "Great service!"}', 200), /"intent": "praise"/);
  t.regex(await tryOut(page, '{"text": 5}', 422), /expected a string, got a number/);
  const requested = page.events
    .filter(({ method }) => method === 'Network.requestWillBeSent')
    .map(({ request }) => (request as { url: string }).url)
    .filter((address) => !address.startsWith('data:'));
  const loaded = ['/docs', '/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/openapi.json'];
  const tried = '/predict?top=3&explain=false';
  t.deepEqual(
    requested,
    [...loaded, tried, tried].map((path) => url + path),
  );
  // Violations of the content security policy and errors of the script are events; so is the answer with status 422.
  t.deepEqual(
    page.events.filter(({ method, entry }) => {
      const { level, url: source } = (entry ?? {}) as { level?: string; url?: string };
      return method === 'Runtime.exceptionThrown' || (level === 'error' && !source?.includes('/predict'));
    }),
    [],
  );
});

withBrowser('axe finds nothing on the reference, with operations open and with an answer', async (t) => {
  t.timeout(120_000);
  const { page } = await openReference(t);
  t.deepEqual(await accessibilityFindings(page), []);
  await pressEnterOn(page, '#operations-predict-predict .opblock-summary-control');
  await tryOut(page, '{"text": "Great service!"}', 200);
  await page.evaluate("document.querySelector('#operations-probes-ready .opblock-summary-control').click()");
  await page.evaluate("document.querySelector('.json-schema-2020-12-accordion[aria-expanded=false]').click()");
  await page.until("document.querySelectorAll('.opblock.is-open').length === 2");
  t.deepEqual(await accessibilityFindings(page), []);
});

withBrowser('the reference fits a phone, in light and in dark', async (t) => {
  const { page } = await openReference(t);
  const phone = { width: 390, height: 844, deviceScaleFactor: 2, mobile: true };
  await page.send('Emulation.setDeviceMetricsOverride', phone);
  await pressEnterOn(page, '#operations-predict-predict .opblock-summary-control');
  await tryOut(page, '{"text": "Great service!"}', 200);
  t.true((await page.evaluate('document.documentElement.scrollWidth <= 390')) as boolean);
  for (const [value, ground] of [
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(28, 32, 34)'],
  ]) {
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
    await page.until(`getComputedStyle(document.documentElement).backgroundColor === '${ground}'`);
    await page.until(`document.documentElement.classList.contains('dark-mode') === ${value === 'dark'}`);
  }
  t.pass();
});
