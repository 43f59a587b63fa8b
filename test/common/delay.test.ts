import test from 'ava';
import { delay } from '../../common/delay.ts';

test('a wait ends by itself, or with the reason of a signal', async (t) => {
  t.is(await delay(0), undefined);
  t.is(await delay(0, new AbortController().signal), undefined);
  const reason = new Error('interrupted');
  const controller = new AbortController();
  const waiting = delay(60_000, controller.signal);
  controller.abort(reason);
  t.is(await t.throwsAsync(waiting), reason);
  t.is(await t.throwsAsync(delay(60_000, controller.signal)), reason);
});
