import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { Checkout } from '../../benchmarks/faults/checkout.ts';
import { type PredictRequest, predict } from '../../benchmarks/faults/load.ts';
import { Rehearsal } from '../../benchmarks/faults/rehearsal.ts';
import { tracesOf } from '../../benchmarks/faults/traces.ts';

/** Adds a stage to a checkout: one machine, and otherwise the shipped rehearsal. */
async function addStage(checkout: Checkout, name: string): Promise<void> {
  const stages = join(checkout.folder, 'stages');
  const shipped = await readFile(join(stages, 'rehearsal.yaml'), 'utf8');
  await writeFile(join(stages, `${name}.yaml`), shipped.replace(/^( {4}(?:min|desired)): 2$/gm, '$1: 1'));
}

/** The results of requests: statuses, or codes of errors. */
async function resultsOf(requests: PredictRequest[]): Promise<string[]> {
  return (await Promise.all(requests.map(predict))).map(([result]) => result);
}

test('two stages of one checkout rehearse beside each other, and only the one that is destroyed ends', async (t) => {
  const checkout = await Checkout.copy();
  t.teardown(() => checkout.remove());
  await addStage(checkout, 'canary');
  const [usual, canary] = ['rehearsal', 'canary'].map((stage) => new Rehearsal(checkout, stage)) as [
    Rehearsal,
    Rehearsal,
  ];
  const applies = await Promise.all([usual, canary].map(({ stage }) => checkout.make('apply', `STAGE=${stage}`)));
  for (const { exitCode, output } of applies) t.is(exitCode, 0, output);
  const machines = await Promise.all([usual, canary].map(async (one) => (await one.status()).machines));
  t.deepEqual(
    machines.map(({ length }) => length),
    [2, 1],
  );
  t.is(new Set(machines.flat().map(({ id }) => id)).size, 3);
  const requests = await Promise.all([usual, canary].map((one) => one.predictRequest('Great service!')));
  t.deepEqual(await resultsOf(requests), ['200', '200']);

  const { exitCode, output } = await checkout.make('destroy', 'STAGE=canary');
  t.is(exitCode, 0, output);
  t.false(existsSync(canary.place.folder));
  t.deepEqual((await usual.status()).machines, machines[0]);
  t.deepEqual(await resultsOf(requests), ['200', 'ECONNREFUSED']);

  const last = await checkout.make('destroy');
  t.is(last.exitCode, 0, last.output);
  for (const { place } of [usual, canary]) t.deepEqual(await tracesOf(checkout.folder, place), []);
});
