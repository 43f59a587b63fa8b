import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { inPredict } from '../../benchmarks/deployments/releases.ts';
import { useStrategy } from '../../benchmarks/deployments/strategies.ts';
import type { ShadowFigures } from '../../deployments/shadow-figures.ts';
import { useRehearsal } from './rehearsal.ts';

const rehearsal = useRehearsal(test, { monitoring: true });

/** What `make compare` finds of the shadow. */
async function compared(): Promise<ShadowFigures> {
  const { folder } = rehearsal().checkout;
  const { stdout } = await execa('node', ['scripts/compare.ts', '--json'], { cwd: folder, preferLocal: true });
  return (JSON.parse(stdout) as { shadow: ShadowFigures }).shadow;
}

/** Waits until `make compare` finds what is expected; fails after two minutes. */
async function untilCompared(isExpected: (figures: ShadowFigures) => boolean): Promise<ShadowFigures> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const figures = await compared();
    if (isExpected(figures)) return figures;
    if (Date.now() > deadline) throw new Error(`Not as expected: ${JSON.stringify(figures)}`);
    await delay(2000);
  }
}

/** The workers of shadows that ended, by reason. */
const ended = async (why: string) =>
  (await rehearsal().prometheus(`sum(increase(intent_shadow_worker_ends_total{why="${why}"}[5m]))`)) ?? 0;

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 120_000; !(await isTrue()); await delay(2000))
    if (Date.now() > deadline) throw new Error('Not as expected after 120 s');
}

/** Sends requests as long as something is done; none of them may fail. */
async function underLoad(t: ExecutionContext, work: () => Promise<void>): Promise<void> {
  const load = await rehearsal().startLoad({ clients: 2, text: 'can somebody help me with my parcel' });
  t.teardown(() => load.stop());
  await work();
  const { 200: answered = 0, ...failed } = await load.stop();
  t.log(`${answered} requests answered, failed: ${JSON.stringify(failed)}`);
  t.deepEqual(failed, {});
  t.true(answered > 1000, `only ${answered} requests`);
}

const fewerTexts = (data: string) =>
  data
    .split('\n')
    .filter((_, index) => index === 0 || index % 50 !== 1)
    .join('\n');

test.serial(
  'a release is compared as a shadow, whose ends and hangs cost no request, and promote deploys it',
  async (t) => {
    const { checkout } = rehearsal();
    const before = await rehearsal().status();
    await useStrategy(checkout, ['strategy: shadow'], 2);
    await checkout.edit('model/data/train.csv', fewerTexts);
    await underLoad(t, async () => {
      const waiting = await checkout.make('apply');
      t.is(waiting.exitCode, 0, waiting.output);
      t.regex(waiting.output, /^r-\w+ is the shadow of \w+ until a person promotes it: make promote goes on/m);
      const { texts, agreed, lost, live, candidate } = await untilCompared(
        ({ machines, texts }) => machines === 2 && texts > 500,
      );
      t.log(`${agreed} of ${texts} texts agree, ${lost} copies lost`);
      t.true(agreed > 0);
      for (const side of [live, candidate]) t.true(side.medianSeconds !== null && side.meanConfidence !== null);

      t.is(await rehearsal().signalShadows('SIGKILL'), 2);
      await until(async () => (await ended('died')) > 1);
      await untilCompared(({ machines }) => machines === 2);
      t.is(await rehearsal().signalShadows('SIGSTOP'), 2);
      await until(async () => (await ended('hung')) > 1);
      const again = await untilCompared(({ machines }) => machines === 2);
      t.true(again.texts > texts);
    });
    const during = await rehearsal().status();
    t.deepEqual(during.machines, before.machines);
    const { output } = await checkout.make('compare');
    t.regex(output, /^They agree on \d+\.\d % of [\d,]+ texts/m);

    const promoted = await checkout.make('promote');
    t.is(promoted.exitCode, 0, promoted.output);
    const after = await rehearsal().status();
    t.not(after.release, before.release);
    t.is(after.problem, null);
    t.is(await rehearsal().signalShadows('SIGCONT'), 0);
  },
);

test.serial('a shadow that is slow and leaks costs no request, and abort takes it away', async (t) => {
  const { checkout } = rehearsal();
  const before = await rehearsal().status();
  const bad = "if (existsSync('/run/cloud-init')) { leaked.push(Buffer.alloc(4_000_000, 1)); wait(200); }";
  await checkout.edit('app/operations/predict.ts', (code) =>
    [
      'const leaked: Buffer[] = [];',
      'const wait = (time: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time);',
      inPredict('')(code).replace('const answered =', `${bad}\n  const answered =`),
    ].join('\n'),
  );
  await underLoad(t, async () => {
    const waiting = await checkout.make('apply');
    t.is(waiting.exitCode, 0, waiting.output);
    const { lost } = await untilCompared((figures) => figures.lost > 100);
    await until(async () => (await ended('died')) > 0);
    t.log(`${lost} copies lost, ${Math.round(await ended('died'))} workers ended for want of memory`);
    const aborted = await checkout.make('abort');
    t.is(aborted.exitCode, 0, aborted.output);
    await until(async () => (await rehearsal().signalShadows('SIGCONT')) === 0);
  });
  const { machines, release } = await rehearsal().status();
  t.deepEqual({ machines, release }, { machines: before.machines, release: before.release });
});
