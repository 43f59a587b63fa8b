import type { ExecutionContext, TestFn } from 'ava';
import { Checkout, type VersionOptions } from '../../benchmarks/faults/checkout.ts';
import { Rehearsal } from '../../benchmarks/faults/rehearsal.ts';
import { tracesOf } from '../../benchmarks/faults/traces.ts';

/**
 * Deploys a rehearsal before the tests of a file, and destroys it after them, which must leave nothing. `beforeApply` tests what
 * comes before a first apply that succeeds.
 */
export function useRehearsal(
  test: TestFn,
  options: VersionOptions = {},
  beforeApply: (t: ExecutionContext, rehearsal: Rehearsal) => Promise<void> = async () => undefined,
): () => Rehearsal {
  let rehearsal: Rehearsal | undefined;
  test.serial.before('apply', async (t) => {
    rehearsal = new Rehearsal(await Checkout.copy(options));
    await beforeApply(t, rehearsal);
    const { exitCode, output } = await rehearsal.checkout.make('apply');
    t.is(exitCode, 0, output);
    rehearsal.applyOutput = output;
  });
  test.after.always('destroy', async (t) => {
    if (!rehearsal) return;
    const { checkout, place } = rehearsal;
    const { exitCode, output } = await checkout.make('destroy');
    const traces = await tracesOf(checkout.folder, place);
    await checkout.remove();
    t.is(exitCode, 0, output);
    t.deepEqual(traces, []);
  });
  return () => {
    if (!rehearsal) throw new Error('The rehearsal was not deployed');
    return rehearsal;
  };
}
