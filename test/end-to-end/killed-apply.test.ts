import test from 'ava';
import { placeOf } from '../../rehearsal/place.ts';
import { Checkout } from './checkout.ts';
import { tracesOf } from './traces.ts';

test('a killed apply leaves nothing that destroy does not remove', async (t) => {
  const checkout = await Checkout.copy();
  t.teardown(() => checkout.remove());
  const traces = () => tracesOf(checkout.folder, placeOf(checkout.folder, 'rehearsal'));
  t.deepEqual(await traces(), []);
  const apply = checkout.start('apply');
  // Killed inside the loop: leaving it early would wait for the process to end by itself.
  for await (const line of apply.iterable({ from: 'all' })) {
    if (/^› [1-9]\d* of \d+/.test(String(line))) process.kill(-(apply.pid ?? 0), 'SIGKILL');
  }
  t.is((await apply).signal, 'SIGKILL');
  t.notDeepEqual(await traces(), []);
  const { exitCode, output } = await checkout.make('destroy');
  t.is(exitCode, 0, output);
  t.regex(output, /^The last apply was killed\. The rehearsal starts over\.$/m);
  t.deepEqual(await traces(), []);
  const again = await checkout.make('destroy');
  t.is(again.exitCode, 0, again.output);
});
