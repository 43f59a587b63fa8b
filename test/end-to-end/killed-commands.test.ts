import test from 'ava';
import { killAt } from '../../benchmarks/faults/carry-out.ts';
import { Checkout } from '../../benchmarks/faults/checkout.ts';
import { type Fault, faults } from '../../benchmarks/faults/faults.ts';
import { Rehearsal } from '../../benchmarks/faults/rehearsal.ts';
import { tracesOf } from '../../benchmarks/faults/traces.ts';
import { placeOf } from '../../rehearsal/place.ts';

function fault(command: Fault['command'], step: string, victim: Fault['victim']): Fault {
  const found = faults.find((one) => one.command === command && one.step === step && one.victim === victim);
  if (!found) throw new Error(`No fault of make ${command} at the step "${step}"`);
  return found;
}

test('after a command was killed, the next one goes on from what serves', async (t) => {
  const checkout = await Checkout.copy({ machines: 1 });
  t.teardown(() => checkout.remove());
  const traces = () => tracesOf(checkout.folder, placeOf(checkout.folder, 'rehearsal'));
  t.deepEqual(await traces(), []);
  await killAt(checkout, fault('apply', 'terraform apply, the first resources', 'command'));
  t.notDeepEqual(await traces(), []);
  const first = await checkout.make('apply');
  t.is(first.exitCode, 0, first.output);
  t.regex(first.output, /^✔ Look for what a killed command has created: /m);

  const rehearsal = new Rehearsal(checkout);
  const load = await rehearsal.startLoad();
  const example = 'the whole team says thank you for the weekend shift,praise';
  await checkout.edit('model/data/train.csv', (data) => `${data.trimEnd()}\n${example}\n`);
  await killAt(checkout, fault('apply', 'terraform apply', 'Terraform'));
  const second = await checkout.make('apply');
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(second.exitCode, 0, second.output);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  t.is((await rehearsal.status()).problem, null);

  const plan = await checkout.make('plan');
  t.regex(plan.output, /^No changes: the deployment matches the settings\.$/m);
  await killAt(checkout, fault('destroy', 'terraform destroy', 'Terraform'));
  const { exitCode, output } = await checkout.make('destroy');
  t.is(exitCode, 0, output);
  t.deepEqual(await traces(), []);
  const again = await checkout.make('destroy');
  t.is(again.exitCode, 0, again.output);
});
