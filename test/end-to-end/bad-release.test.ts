import test from 'ava';
import {
  badReleases,
  goodRelease,
  inPredict,
  noExample,
  type ReleaseChange,
} from '../../benchmarks/deployments/releases.ts';
import { strategies, useStrategy } from '../../benchmarks/deployments/strategies.ts';
import type { Rehearsal } from '../../benchmarks/faults/rehearsal.ts';
import { useRehearsal } from './rehearsal.ts';

const rehearsal = useRehearsal(test, { machines: 1 });

/** A deployment of a bad release. */
interface Deployment {
  strategy: string;
  release: string;
  /** What the command says about it. */
  reason: RegExp;
  /** The statuses of requests that it may cost. */
  costs: string[];
}

const failedBoot = /the bootstrap failed at "service: |the bootstrap failed at "verify: /;

const deployments: Deployment[] = [
  { strategy: 'rolling', release: 'ends at its start', reason: failedBoot, costs: [] },
  {
    strategy: 'blue-green',
    release: 'a wrong answer to its track',
    reason: /^apply: (?:blue|green) failed its smoke test: /m,
    costs: [],
  },
  // Nothing serves until the old machines have booted again: first there are no machines, then none that is healthy.
  { strategy: 'recreate', release: 'never healthy', reason: failedBoot, costs: ['502', '503'] },
  {
    strategy: 'canary',
    release: '500 to half of its requests',
    reason: /^apply: (\w+) serves, and the alarm intent-fleet-rehearsal-\1-machine-errors rings$/m,
    costs: ['500'],
  },
];

/** The releases of the machines that get traffic. */
async function servingReleases(of: Rehearsal): Promise<string[]> {
  const { machines } = await of.status();
  return machines.flatMap(({ release, health }) => (health === 'healthy' ? [release] : []));
}

for (const { strategy, release, reason, costs } of deployments) {
  test.serial(`${strategy}, ${release}: the release before serves everything, and apply says why`, async (t) => {
    await useStrategy(rehearsal().checkout, strategies[strategy] ?? [], 60);
    const { path, change } = badReleases[release] as ReleaseChange;
    const before = await servingReleases(rehearsal());
    const load = await rehearsal().startLoad({ clients: 2, text: noExample });
    t.teardown(() => load.stop());
    const { exitCode, output } = await rehearsal().applyWith(path, change);
    const { 200: answered = 0, ...failed } = await load.stop();
    t.is(exitCode, 2, output);
    t.regex(output, reason);
    t.deepEqual(
      Object.keys(failed).filter((status) => !costs.includes(status)),
      [],
    );
    t.log(`${answered} requests answered, failed: ${JSON.stringify(failed)}`);
    t.true(answered > 100, `only ${answered} requests`);
    const { problem, tracks, desired } = await rehearsal().status();
    t.deepEqual(await servingReleases(rehearsal()), before);
    t.regex(problem ?? '', /^The last deployment, of r-\w+, was rolled back: /);
    t.is(desired, 1);
    const [live] = Object.values(tracks).filter(({ isLive }) => isLive);
    t.is(live?.weight, 100);
  });
}

test.serial('the next apply says it again, until the release is mended', async (t) => {
  await useStrategy(rehearsal().checkout, ['strategy: blue-green', 'keep: warm'], 2);
  const { path, change } = badReleases['ends at its start'] as ReleaseChange;
  const again = await rehearsal().applyWith(path, change);
  t.is(again.exitCode, 2, again.output);
  t.regex(again.output, failedBoot);
  const load = await rehearsal().startLoad();
  t.teardown(() => load.stop());
  const mended = await rehearsal().applyWith('app/main.ts', goodRelease(1).change);
  t.is(mended.exitCode, 0, mended.output);
  const { problem, desired, release } = await rehearsal().status();
  t.is(problem, null);
  // The old machines stay warm.
  t.is(desired, 2);
  const back = await rehearsal().checkout.make('rollback');
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(back.exitCode, 0, back.output);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  const after = await rehearsal().status();
  t.not(after.release, release);
  t.is(after.desired, 1);
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
