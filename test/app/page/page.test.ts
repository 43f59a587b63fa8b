import { createHash } from 'node:crypto';
import test from 'ava';
import { accessibilityFindings } from '../../support/accessibility.ts';
import { keysFile, makeKey } from '../access/keys.ts';
import { startTestService } from '../service.ts';
import { askOne, click, fill, openPage, press, problemsOf, reloadAfter, textsOf, withBrowser } from './open.ts';

function hash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

test('the page allows its own script and style alone, and is small', async (t) => {
  const { url } = await startTestService(t, { SAMPLES: 'yes' });
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
  t.true(Buffer.byteLength(page) < 60_000);
});

withBrowser('a browser sends a message by keyboard and shows its explanation', async (t) => {
  const page = await openPage(t);
  await page.until("document.activeElement?.id === 'text'");
  await page.send('Input.insertText', { text: 'Great service! <b>Thanks</b>' });
  await page.pressControlEnter();
  await page.until("!document.getElementById('result').hidden");
  t.is(await page.text('intent'), 'praise');
  t.regex(await page.text('said'), /^Intent: praise\. With a confidence of [\d.]+ %\.$/);
  t.is(await page.evaluate("document.querySelectorAll('#alternatives li').length"), 4);
  t.true((await page.evaluate("document.getElementById('less-likely').hidden")) as boolean);
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
  t.deepEqual(problemsOf(page), []);
});

withBrowser('of many intents, five are shown at first', async (t) => {
  const page = await openPage(t);
  const alternatives = Array.from({ length: 12 }, (_, at) => ({ intent: `i${at}`, confidence: 1 / (at + 2) }));
  await page.evaluate(
    `showIntent({ intent: 'i0', confidence: 0.5, model: 'm', alternatives: ${JSON.stringify(alternatives)} })`,
  );
  t.deepEqual(await textsOf(page, '#alternatives .name'), ['i0', 'i1', 'i2', 'i3', 'i4']);
  t.is(await page.text('less-likely-title'), '7 less likely');
  t.is(await page.evaluate("document.querySelectorAll('#others li').length"), 7);
});

withBrowser('the arrow keys, Home and End choose a tab', async (t) => {
  const page = await openPage(t);
  await page.evaluate("document.getElementById('one-tab').focus()");
  const chosen = [];
  for (const key of ['ArrowLeft', 'ArrowRight', 'End', 'Home', 'x']) {
    await press(page, key);
    chosen.push(await page.evaluate("document.querySelector('[role=tab][aria-selected=true]').textContent"));
  }
  t.deepEqual(chosen, ['Corrections', 'One message', 'Corrections', 'One message', 'One message']);
  await press(page, 'ArrowRight');
  const visible = "['one', 'several', 'corrections'].filter((id) => !document.getElementById(id).hidden)";
  t.deepEqual(await page.evaluate(`[document.activeElement.id, ...${visible}]`), ['several-tab', 'several']);
  t.deepEqual(await page.evaluate('tabs.map(({ tabIndex }) => tabIndex)'), [-1, 0, -1]);
});

for (const [width, height] of [
  [1280, 900],
  [390, 844],
] as const) {
  withBrowser(`nothing moves when an answer appears, ${width} px wide`, async (t) => {
    const page = await openPage(t, { SAMPLES: 'yes' });
    const mobile = width < 600;
    await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile });
    await page.evaluate(`
      globalThis.shifts = [];
      new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: 'layout-shift' });
    `);
    await askOne(page, `I love it, thank you. ${'Great service! '.repeat(40)}`);
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300)))');
    t.deepEqual(await page.evaluate('shifts'), []);
    t.true((await page.evaluate(`document.documentElement.scrollWidth <= ${width}`)) as boolean);
    // Scrolled to, where it would be out of sight.
    const top = (await page.evaluate('result.getBoundingClientRect().top')) as number;
    t.true(top < height / 2, `${top}`);
  });
}

withBrowser('the page fits a phone, in light and in dark', async (t) => {
  const page = await openPage(t, { SAMPLES: 'yes' });
  const phone = { width: 360, height: 740, deviceScaleFactor: 2, mobile: true };
  await page.send('Emulation.setDeviceMetricsOverride', phone);
  await click(page, '#samples li:nth-child(3) button');
  await page.until("!document.getElementById('result').hidden");
  t.true((await page.evaluate('document.documentElement.scrollWidth <= 360')) as boolean);
  t.deepEqual(await page.groundColours(), ['rgb(251, 251, 249)', 'rgb(20, 24, 29)']);
});

withBrowser('where API keys are asked for, the page has a field for one, and keeps it in its tab', async (t) => {
  const web = makeKey('web');
  const page = await openPage(t, { API_KEYS: await keysFile(t, [web.named]) });
  t.deepEqual(await textsOf(page, '#right option'), ['Choose …', 'none of these (unknown)', 'another one …']);
  await fill(page, 'text', 'Great service!');
  await click(page, '#send');
  await page.until("!document.getElementById('problem').hidden");
  t.is(await page.text('problem'), 'Send an API key in the header: Authorization: Bearer ifk_….');
  t.is(await page.evaluate('document.activeElement.id'), 'key');
  await fill(page, 'key', 'käse');
  await click(page, '#send');
  await page.until("!document.getElementById('send').disabled");
  t.is(await page.text('problem'), 'Send an API key in the header: Authorization: Bearer ifk_….');
  await fill(page, 'key', ` ${web.text} `);
  await askOne(page, 'Great service!');
  t.is(await page.text('intent'), 'praise');
  t.is(((await textsOf(page, '#right option')) as string[]).length, 7);
  t.deepEqual(await accessibilityFindings(page), []);
  await page.evaluate("document.getElementById('copy').click()");
  await page.until("document.getElementById('copied').textContent !== ''");
  const copied = await page.text('copied');
  t.true(copied === 'copied' || copied.includes(' -H "authorization: Bearer $API_KEY" '), copied);
  await reloadAfter(page, '');
  t.is(await page.evaluate("document.getElementById('key').value"), web.text);
  t.deepEqual(problemsOf(page), []);
});
