import test from 'ava';
import { ReconcileLoop } from '../../../rehearsal/cloud/reconcile-loop.ts';
import { ManualClock } from '../manual-clock.ts';

/** A running loop that records the time of each pass. */
async function runningLoop(reconcile: (passes: number[]) => Promise<void> = async () => undefined) {
  const clock = new ManualClock();
  const passes: number[] = [];
  const logged: unknown[] = [];
  const loop = new ReconcileLoop({
    reconcile: () => {
      passes.push(clock.now());
      return reconcile(passes);
    },
    clock,
    log: (message, details) => void logged.push([message, details]),
  });
  void loop.run(new AbortController().signal);
  await clock.advance(0);
  return { clock, passes, logged, loop };
}

test('reconciles every five seconds, and at once when it is triggered', async (t) => {
  const { clock, passes, loop } = await runningLoop();
  await clock.advance(11_000);
  loop.trigger();
  await clock.advance(0);
  t.deepEqual(passes, [0, 5000, 10_000, 11_000]);
});

test('a trigger during a pass starts another one', async (t) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { clock, passes, loop } = await runningLoop((all) => (all.length === 1 ? promise : Promise.resolve()));
  loop.trigger();
  await clock.advance(6000);
  t.deepEqual(passes, [0]);
  resolve();
  await clock.advance(0);
  t.deepEqual(passes, [0, 6000]);
});

test('a pass that fails is logged, and the next one follows', async (t) => {
  const { clock, passes, logged } = await runningLoop(async (all) => {
    if (all.length === 1) throw new Error('no answer');
  });
  await clock.advance(5000);
  t.deepEqual(passes, [0, 5000]);
  t.deepEqual(logged, [['reconciling failed', { error: 'no answer' }]]);
});
