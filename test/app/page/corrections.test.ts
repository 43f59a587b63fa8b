import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDataset } from '../../../model/datasets/read.ts';
import type { BrowserPage } from '../../support/browser.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { feedbackFolder } from '../feedback/folder.ts';
import {
  askOne,
  askSeveral,
  click,
  fill,
  openPage,
  press,
  problemsOf,
  reloadAfter,
  savedBy,
  textsOf,
  withBrowser,
} from './open.ts';

const none =
  'None yet. When an answer is wrong, “Not right?” beside it keeps the right intent, in this browser only; nothing is sent.';
const lost = 'This browser stores nothing for this page: corrections are lost when it is closed. Save them before.';

/** Chooses an intent for the message whose button asks. */
async function correctTo(page: BrowserPage, selector: string, intent: string): Promise<void> {
  await click(page, selector);
  await page.evaluate(`right.value = '${intent}'; right.dispatchEvent(new Event('change'))`);
  await click(page, '#correct-form [type=submit]');
  await page.until('!correct.open');
}

const storedIn = (page: BrowserPage) => page.evaluate("JSON.parse(localStorage.getItem('intent-fleet corrections'))");

withBrowser('a wrong answer gets an intent of the model, by keyboard, which stays in this browser', async (t) => {
  const page = await openPage(t);
  t.is(await page.text('kept'), none);
  await askOne(page, 'great service');
  await page.evaluate("document.getElementById('wrong').focus()");
  await press(page, 'Enter', '\r');
  t.deepEqual(await page.evaluate('[correct.open, document.activeElement.id]'), [true, 'right']);
  t.deepEqual(await textsOf(page, '#right option'), [
    ...['Choose …', 'complaint', 'greeting', 'praise', 'question'],
    ...['none of these (unknown)', 'another one …'],
  ]);
  t.is(await page.text('correct-hint'), 'It is kept in this browser; nothing is sent.');
  await press(page, 'c', 'c');
  await press(page, 'Tab');
  await press(page, 'Enter', '\r');
  await page.until('!correct.open');
  t.is(await page.evaluate('document.activeElement.id'), 'wrong');
  t.is(await page.text('wrong'), 'Corrected: complaint');
  t.is(await page.text('corrections-tab'), 'Corrections (1)');
  await reloadAfter(page, '');
  t.is(await page.text('corrections-tab'), 'Corrections (1)');
  t.deepEqual(await textsOf(page, '#corrected td'), ['great service', 'complaint']);
  t.deepEqual(await storedIn(page), [{ text: 'great service', intent: 'complaint' }]);
  t.deepEqual(problemsOf(page), []);
});

withBrowser('an intent can be typed, is offered from then on, and an answer can be corrected again', async (t) => {
  const page = await openPage(t);
  await askSeveral(page, ['great service', 'hello there']);
  await click(page, '#rows .wrong');
  await page.evaluate("right.value = ' '; right.dispatchEvent(new Event('change'))");
  t.is(await page.evaluate('document.activeElement.id'), 'typed');
  await fill(page, 'typed', '  ');
  await click(page, '#correct-form [type=submit]');
  t.true((await page.evaluate('correct.open')) as boolean);
  await fill(page, 'typed', ' thanks ');
  await click(page, '#correct-form [type=submit]');
  await correctTo(page, '#rows tr:last-child .wrong', 'thanks');
  await correctTo(page, '#rows tr:last-child .wrong', 'unknown');
  t.deepEqual(await textsOf(page, '#rows .wrong'), ['Corrected: thanks', 'Corrected: none of these']);
  t.deepEqual(await storedIn(page), [
    { text: 'great service', intent: 'thanks' },
    { text: 'hello there', intent: 'unknown' },
  ]);
  // Neither does a dialog that is closed.
  await click(page, '#rows .wrong');
  t.is(await page.evaluate('right.value'), 'thanks');
  await click(page, '#cancel');
  t.is(await page.text('kept'), '2 corrections, in this browser only; nothing was sent.');
});

withBrowser('corrections are saved as training data, and cleared after a question', async (t) => {
  const page = await openPage(t);
  const texts = ['hello, "friend"', 'great\nservice', '=cmd', 'größer — 你好'];
  for (const text of texts) {
    await askOne(page, text);
    await correctTo(page, '#wrong', 'complaint');
  }
  const saved = await savedBy(t, page, '#save-corrections', 'corrections.csv');
  t.is(
    saved,
    `\ufeff${['"text","intent"', '"hello, ""friend""","complaint"', '"great\nservice","complaint"', `"'=cmd","complaint"`, '"größer — 你好","complaint"', ''].join('\r\n')}`,
  );
  const path = join(await temporaryFolder(t), 'corrections.csv');
  await writeFile(path, saved);
  const { examples, foundOut } = await readDataset(path, { text: 'text', intent: 'intent' });
  t.is(foundOut, undefined);
  t.deepEqual(
    examples.map(({ text, intent }) => [text, intent]),
    texts.map((text) => [text.replace('=', "'="), 'complaint']),
  );
  await click(page, '#clear');
  t.deepEqual(await page.evaluate('[clearDialog.open, document.activeElement.id]'), [true, 'do-not-clear']);
  t.is(await page.text('clear-title'), 'Clear 4 corrections?');
  await press(page, 'Enter', '\r');
  t.is(await page.text('corrections-tab'), 'Corrections (4)');
  await click(page, '#clear');
  await click(page, '#clear-form [type=submit]');
  await page.until('!clearDialog.open');
  t.deepEqual([await page.text('corrections-tab'), await page.text('kept')], ['Corrections', none]);
  t.is(await page.text('wrong'), 'Not right?');
  t.deepEqual(await storedIn(page), []);
});

const missing =
  "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })";
const full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }";

for (const [what, source] of Object.entries({ 'stores nothing': missing, 'has no room': full })) {
  withBrowser(`a browser that ${what} keeps corrections until the page is closed, and says so`, async (t) => {
    const page = await openPage(t);
    await reloadAfter(page, source);
    t.is(await page.text('kept'), `0 corrections. ${lost}`);
    await askOne(page, 'great service');
    await click(page, '#wrong');
    t.is(await page.text('correct-hint'), lost);
    await click(page, '#cancel');
    await correctTo(page, '#wrong', 'complaint');
    t.is(await page.text('kept'), `1 correction. ${lost}`);
    const saved = await savedBy(t, page, '#save-corrections', 'corrections.csv');
    t.is(saved, '\ufeff"text","intent"\r\n"great service","complaint"\r\n');
    t.deepEqual(problemsOf(page), []);
  });
}

withBrowser('what others wrote where corrections are stored is not taken', async (t) => {
  const page = await openPage(t);
  for (const [stored, count] of [
    ['no JSON', 0],
    ['{"text": "a"}', 0],
    ['[null, {"text": "a"}, {"text": "a", "intent": "b"}]', 1],
  ] as const) {
    await page.evaluate(`localStorage.setItem('intent-fleet corrections', '${stored}')`);
    await reloadAfter(page, '');
    t.is(await page.evaluate('corrections.length'), count);
  }
  t.deepEqual(problemsOf(page), []);
});

withBrowser('where the service takes feedback, a correction is sent, and it is told when it was not', async (t) => {
  const { environment, kept } = await feedbackFolder(t);
  const page = await openPage(t, environment);
  t.is(
    await page.text('kept'),
    'None yet. When an answer is wrong, “Not right?” beside it sends the right intent to the service, and keeps it in this browser.',
  );
  await askOne(page, 'great service');
  t.is(await page.text('correct-hint'), 'It is sent to the service, and kept in this browser.');
  await correctTo(page, '#wrong', 'complaint');
  while ((await kept()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  t.deepEqual(
    (await kept()).map(({ predicted, intent, text }) => [predicted, intent, text]),
    [['praise', 'complaint', undefined]],
  );
  t.is(await page.text('kept'), '1 correction in this browser. They were sent to the service.');
  await page.evaluate("globalThis.fetch = async () => { throw new TypeError('Failed to fetch'); }");
  await correctTo(page, '#wrong', 'question');
  await page.until("document.getElementById('kept').textContent.includes('not sent')");
  t.is(
    await page.text('kept'),
    '1 correction in this browser. The last one was not sent: The service did not answer; try again in a moment.',
  );
  t.deepEqual(await storedIn(page), [{ text: 'great service', intent: 'question' }]);
  t.deepEqual(problemsOf(page), []);
});
