import test from 'ava';
import { placeOf } from '../../rehearsal/place.ts';
import { Checkout } from './checkout.ts';
import { Rehearsal } from './rehearsal.ts';
import { tracesOf } from './traces.ts';

/** Starts make apply, and kills all of its processes when a line of its output matches. */
async function killApply(checkout: Checkout, at: RegExp): Promise<string | undefined> {
  const apply = checkout.start('apply');
  // Killed inside the loop: leaving it early would wait for the process to end by itself.
  for await (const line of apply.iterable({ from: 'all' })) {
    if (at.test(String(line))) process.kill(-(apply.pid ?? 0), 'SIGKILL');
  }
  return (await apply).signal;
}

test('after an apply was killed, the next one goes on from what serves', async (t) => {
  const checkout = await Checkout.copy();
  t.teardown(() => checkout.remove());
  const traces = () => tracesOf(checkout.folder, placeOf(checkout.folder, 'rehearsal'));
  t.deepEqual(await traces(), []);
  t.is(await killApply(checkout, /^› [1-9]\d* of \d+/), 'SIGKILL');
  t.notDeepEqual(await traces(), []);
  const first = await checkout.make('apply');
  t.is(first.exitCode, 0, first.output);
  t.regex(first.output, /^✔ Look for what a killed command has created: /m);

  const rehearsal = new Rehearsal(checkout);
  const load = await rehearsal.startLoad();
  const example = 'the whole team says thank you for the weekend shift,praise';
  await checkout.edit('model/data/train.csv', (data) => `${data.trimEnd()}\n${example}\n`);
  t.is(await killApply(checkout, /^› \d+ of \d+/), 'SIGKILL');
  const second = await checkout.make('apply');
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(second.exitCode, 0, second.output);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  t.is((await rehearsal.status()).problem, null);

  const plan = await checkout.make('plan');
  t.regex(plan.output, /^No changes: the deployment matches the settings\.$/m);
  const { exitCode, output } = await checkout.make('destroy');
  t.is(exitCode, 0, output);
  t.deepEqual(await traces(), []);
  const again = await checkout.make('destroy');
  t.is(again.exitCode, 0, again.output);
});
