import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { BrowserPage, browser } from '../../support/browser.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestService } from '../service.ts';

/** A test that needs a browser. One at a time: each starts a browser of its own. */
export const withBrowser = browser ? test.serial : test.serial.skip;

/** Opens the page of a service with a small model. */
export async function openPage(t: ExecutionContext, environment: Record<string, string> = {}): Promise<BrowserPage> {
  const { url } = await startTestService(t, environment);
  return BrowserPage.open(t, browser as string, await temporaryFolder(t), url);
}

/** Loads the page again, after a script that changes what the browser offers. */
export async function reloadAfter(page: BrowserPage, source: string): Promise<void> {
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source });
  await page.evaluate('globalThis.isOld = true');
  await page.send('Page.reload', {});
  await page.until("globalThis.isOld === undefined && document.readyState === 'complete'");
}

/** Returns the text of each element that a selector finds. */
export async function textsOf(page: BrowserPage, selector: string): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('${selector}')].map((one) => one.textContent)`);
}

/** Types into an element as a script can: its text is replaced, and its listeners are told. */
export async function fill(page: BrowserPage, id: string, value: string): Promise<void> {
  const element = `document.getElementById('${id}')`;
  await page.evaluate(`${element}.value = ${JSON.stringify(value)}; ${element}.dispatchEvent(new Event('input'))`);
}

export async function click(page: BrowserPage, selector: string): Promise<void> {
  await page.evaluate(`document.querySelector('${selector}').click()`);
}

export async function press(page: BrowserPage, key: string, text?: string): Promise<void> {
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code: key, ...(text && { text }) });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key });
}

/** Asks for the intent of a message, and waits for the answer. */
export async function askOne(page: BrowserPage, message: string): Promise<void> {
  await fill(page, 'text', message);
  await click(page, '#send');
  await page.until("!document.getElementById('send').disabled && !document.getElementById('result').hidden");
}

/** Asks for the intents of several messages, and waits until no more are asked. */
export async function askSeveral(page: BrowserPage, messages: readonly string[]): Promise<void> {
  await click(page, '#several-tab');
  await fill(page, 'texts', messages.join('\n'));
  await goOn(page);
}

export async function goOn(page: BrowserPage): Promise<void> {
  await click(page, '#find');
  await page.until("!document.getElementById('find').disabled");
}

/** Clicks what saves a file, and returns its content. */
export async function savedBy(t: ExecutionContext, page: BrowserPage, selector: string, file: string): Promise<string> {
  const downloadPath = await temporaryFolder(t);
  await page.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath });
  await click(page, selector);
  for (;;) {
    const saved = await readFile(join(downloadPath, file), 'utf8').catch(() => '');
    if (saved !== '') return saved;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Violations of the page's policy and errors of its script; a request that a limit refuses is neither. */
export function problemsOf({ events }: BrowserPage): unknown[] {
  return events.filter(({ method, entry }) => {
    const { level, url } = (entry ?? {}) as { level?: string; url?: string };
    return method === 'Runtime.exceptionThrown' || (level === 'error' && !url?.includes('/predict'));
  });
}
