import test from 'ava';
import type { Rehearsal } from '../../benchmarks/faults/rehearsal.ts';
import { useRehearsal } from './rehearsal.ts';

const rehearsal = useRehearsal(test);

/** Code at the start of the service that runs on machines alone, so that the release passes its trial on this machine. */
const onMachines = (code: string) => (main: string) =>
  `import { existsSync } from 'node:fs';
if (existsSync('/run/cloud-init')) {
  ${code}
}
${main}`;

/** The code of /predict with a statement before it. */
const inPredict = (statement: string) => (code: string) =>
  `import { existsSync } from 'node:fs';\n${code.replace('const query =', `${statement}\n      const query =`)}`;

/** What a bad release does, in which file, and what the command says about it. */
const bad: Record<string, [path: string, change: (content: string) => string, reason: RegExp]> = {
  'ends at its start': [
    'app/main.ts',
    onMachines("console.error('out of order'); process.exit(3);"),
    /the bootstrap failed at "service: Start the workers"|the bootstrap failed at "service: Wait until the worker/,
  ],
  'ends half a second after its first answer': [
    'app/operations/predict.ts',
    inPredict("if (existsSync('/run/cloud-init')) setTimeout(() => process.exit(4), 500);"),
    /the bootstrap failed at "verify: /,
  ],
  'answers 500': [
    'app/operations/predict.ts',
    inPredict("if (existsSync('/run/cloud-init')) throw new Error('out of order');"),
    /the bootstrap failed at "verify: /,
  ],
};

/** The ids of the machines that get traffic. */
async function servingMachines(of: Rehearsal): Promise<string[]> {
  const { machines } = await of.status();
  return machines.flatMap(({ id, health }) => (health === 'healthy' ? [id] : [])).sort();
}

for (const [title, [path, change, reason]] of Object.entries(bad)) {
  test.serial(`a release that ${title} on machines costs no request, and apply says why`, async (t) => {
    const before = await servingMachines(rehearsal());
    const load = await rehearsal().startLoad();
    const { exitCode, output } = await rehearsal().applyWith(path, change);
    const { 200: answered = 0, ...failed } = await load.stop();
    t.is(exitCode, 2, output);
    t.regex(output, reason);
    t.deepEqual(failed, {});
    t.true(answered > 100, `only ${answered} requests`);
    t.deepEqual(await servingMachines(rehearsal()), before);
    t.truthy((await rehearsal().status()).problem);
  });
}

test.serial('the next apply says it again, until the release is mended', async (t) => {
  const [path, change, reason] = bad['answers 500'] as (typeof bad)[string];
  const again = await rehearsal().applyWith(path, change);
  t.is(again.exitCode, 2, again.output);
  t.regex(again.output, reason);
  const load = await rehearsal().startLoad();
  const mended = await rehearsal().checkout.make('apply');
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(mended.exitCode, 0, mended.output);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  t.is((await rehearsal().status()).problem, null);
});

test.serial('a release that answers wrong on this machine is refused before anything is planned', async (t) => {
  const before = await rehearsal().status();
  const { exitCode, output } = await rehearsal().applyWith(
    'app/operations/predict.ts',
    inPredict("throw new Error('out of order');"),
  );
  t.is(exitCode, 2);
  t.regex(output, /^apply: Release [0-9a-f]{16} failed its trial on this machine:$/m);
  t.deepEqual(await rehearsal().status(), before);
});
