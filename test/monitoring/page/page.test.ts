import type { ExecutionContext } from 'ava';
import { BrowserPage, browser } from '../../support/browser.ts';
import { freePort } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { prometheusWithSamples, startSite } from './site.ts';
import { withBrowser } from './with-browser.ts';

async function openSite(t: ExecutionContext, prometheus: () => string): Promise<BrowserPage> {
  const page = await BrowserPage.open(t, browser as string, await temporaryFolder(t), await startSite(t, prometheus));
  // A background page would not refresh.
  await page.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return page;
}

const isFresh = "document.getElementById('updated').textContent.includes('every')";
const textsOf = (selector: string) => `[...document.querySelectorAll('${selector}')].map((one) => one.textContent)`;

// The name of a machine has 19 characters.
const percentsOf = (panel: string) =>
  `[...document.querySelectorAll('#${panel} .legend button')].map((one) => parseFloat(one.textContent.slice(19)))`;

async function pressEnter(page: BrowserPage): Promise<void> {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, text: '\r' });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

withBrowser('the page shows what Prometheus has, and which alerts ring', async (t, programs) => {
  const prometheus = await prometheusWithSamples(t, programs, { seconds: 4500, step: 15 });
  const page = await openSite(t, () => prometheus);
  await page.until(isFresh);
  const [machines, requests, ...others] = (await page.evaluate(textsOf('#figures dd'))) as string[];
  t.deepEqual([machines, ...others], ['3', '11.1 ms', '7.46 %', '6 %', '0.14']);
  t.regex(requests as string, /^\d{3}\/min|1K\/min|1\.\d+K\/min$/);
  t.deepEqual(await page.evaluate(textsOf('#latency .legend button')), [
    'p9924.7 ms',
    'p9011.1 ms',
    'mean4.22 ms',
    'p10372 µs',
  ]);
  // Each swings by less than three percent.
  for (const [panel, percents] of Object.entries({ memory: [45, 55, 65], disk: [37.5, 38, 38.5] })) {
    const values = (await page.evaluate(percentsOf(panel))) as number[];
    t.true(values.length === 3 && values.every((value, at) => Math.abs(value - (percents[at] as number)) < 3), panel);
  }
  t.deepEqual(await page.evaluate(textsOf('#silent .message')), ['Every target answers.']);
  await page.until("document.querySelectorAll('#alerts li').length === 1");
  t.deepEqual(await page.evaluate(textsOf('#alerts li > b, #alerts li > strong')), [
    'critical',
    '7.5 % of the requests fail',
  ]);
  t.is(await page.evaluate('document.title'), '(1) Monitoring');
  const graph = (await page.evaluate("document.querySelector('#drift a').href")) as string;
  t.is(new URL(graph).searchParams.get('g1.range_input'), '1h');
  // A package that is unpacked and not installed does not find its templates, and says so with status 500.
  t.not((await fetch(graph)).status, 404);
  t.true((await page.evaluate("document.querySelector('#cpu canvas').width > 0")) as boolean);
  t.deepEqual(problemsOf(page), []);
});

withBrowser('the page is used by keyboard, and keeps the time that it shows in its address', async (t, programs) => {
  const prometheus = await prometheusWithSamples(t, programs, { seconds: 1000, step: 15 });
  const page = await openSite(t, () => prometheus);
  await page.until(isFresh);
  await page.evaluate("document.querySelector('#ranges a').focus()");
  await pressEnter(page);
  await page.until("document.getElementById('updated').textContent.includes('every 10 s')");
  t.deepEqual(await page.evaluate('[location.hash, document.querySelector("[aria-current]").textContent]'), [
    '#range=15m',
    '15 min',
  ]);
  await page.evaluate("document.querySelector('#machines .actions button').focus()");
  await pressEnter(page);
  t.deepEqual(await page.evaluate(textsOf('#machines thead th')), ['Time', '2f1c8ad96b03e754', '7be1d20f4c6a9e35']);
  t.deepEqual(await page.evaluate(textsOf('#machines tbody tr:first-child td')), ['2', '1']);
  await pressEnter(page);
  // The chart is there again, as wide as before.
  await page.until("document.querySelector('#machines canvas').getBoundingClientRect().width > 100");
  await page.evaluate("document.querySelector('#pause').focus()");
  await pressEnter(page);
  t.is(await page.evaluate("document.getElementById('pause').getAttribute('aria-pressed')"), 'true');
  t.deepEqual(problemsOf(page), []);
});

withBrowser('the page says since when Prometheus does not answer, and goes on when it does', async (t, programs) => {
  const prometheus = await prometheusWithSamples(t, programs, { seconds: 300, step: 15 });
  const gone = `http://127.0.0.1:${await freePort()}`;
  let answering = gone;
  let asked = 0;
  const page = await openSite(t, () => {
    asked += 1;
    return answering;
  });
  const problem = "document.getElementById('problem')";
  await page.until(`!${problem}.hidden`);
  t.is(await page.text('problem'), 'Prometheus does not answer. No data yet; the page tries again every 30 s.');
  t.deepEqual(await page.evaluate(textsOf('#alerts, #requests .message')), [
    'Whether alerts ring is not known.',
    'No data yet.',
  ]);
  // More would ring the alarm of the load balancer's own errors.
  t.is(asked, 1);
  answering = prometheus;
  await page.evaluate("location.hash = '#range=15m'");
  await page.until(`${problem}.hidden && ${isFresh}`);
  answering = gone;
  await page.evaluate("location.hash = '#range=1h'");
  await page.until(`!${problem}.hidden`);
  t.regex(
    await page.text('problem'),
    /^Prometheus does not answer\. No data since \d\d:\d\d:\d\d; the page tries again every 30 s\.$/,
  );
  t.is(await page.evaluate("document.querySelectorAll('#requests .legend li').length"), 1);
});

withBrowser('the page fits a phone, in light and in dark', async (t, programs) => {
  const prometheus = await prometheusWithSamples(t, programs, { seconds: 300, step: 15 });
  const page = await openSite(t, () => prometheus);
  await page.send('Emulation.setDeviceMetricsOverride', {
    width: 390,
    height: 800,
    deviceScaleFactor: 2,
    mobile: true,
  });
  await page.until(isFresh);
  t.true((await page.evaluate('document.documentElement.scrollWidth <= 390')) as boolean);
  t.deepEqual(await page.groundColours(), ['rgb(246, 247, 249)', 'rgb(20, 24, 31)']);
});

// Violations of the policy, errors of the script, and answers of an error status are events.
function problemsOf(page: BrowserPage): unknown[] {
  return page.events.filter(
    ({ method, entry }) => method === 'Runtime.exceptionThrown' || (entry as { level?: string })?.level === 'error',
  );
}
