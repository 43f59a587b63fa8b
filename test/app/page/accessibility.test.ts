import { accessibilityFindings } from '../../support/accessibility.ts';
import { askOne, askSeveral, click, openPage, withBrowser } from './open.ts';

withBrowser('axe finds nothing on the page when it is opened, and beside an answer', async (t) => {
  const page = await openPage(t, { SAMPLES: 'yes' });
  t.deepEqual(await accessibilityFindings(page), []);
  await askOne(page, 'great service, I want a refund');
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  t.deepEqual(await accessibilityFindings(page), []);
  await click(page, '#wrong');
  t.deepEqual(await accessibilityFindings(page), []);
});

withBrowser('axe finds nothing on the table of several messages and on that of the corrections', async (t) => {
  const page = await openPage(t, { TEXT_LIMIT_CHARACTERS: '30' });
  await askSeveral(page, ['great service', 'hello there', 'long '.repeat(10), 'zzz']);
  await click(page, '#rows .wrong');
  await page.evaluate("right.value = 'question'");
  await click(page, '#correct-form [type=submit]');
  t.deepEqual(await accessibilityFindings(page), []);
  await click(page, '#corrections-tab');
  t.deepEqual(await accessibilityFindings(page), []);
});
