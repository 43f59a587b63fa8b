import test from 'ava';
import type { Status } from '../../benchmarks/faults/rehearsal.ts';
import { useRehearsal } from './rehearsal.ts';

const rehearsal = useRehearsal(test);

const releasesOf = ({ machines }: Status) => machines.map(({ release, health }) => ({ release, health }));

const healthy = (release: string) => [0, 1].map(() => ({ release: release.slice(0, 16), health: 'healthy' }));

test.serial('changed data becomes a new release on every machine without a failed request', async (t) => {
  const before = await rehearsal().status();
  const load = await rehearsal().startLoad();
  const example = 'the whole team says thank you for the weekend shift,praise';
  const { exitCode, output } = await rehearsal().applyWith(
    'model/data/train.csv',
    (data) => `${data.trimEnd()}\n${example}\n`,
  );
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(exitCode, 0, output);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  const after = await rehearsal().status();
  t.not(after.release, before.release);
  t.deepEqual(releasesOf(after), healthy(after.release));
});

test.serial('invalid data changes nothing', async (t) => {
  const before = await rehearsal().status();
  const { exitCode, output } = await rehearsal().applyWith(
    'model/data/train.csv',
    (data) => `${data.trimEnd()}\n,praise\n`,
  );
  t.is(exitCode, 2);
  t.regex(output, /model\/data\/train\.csv:\d+/);
  t.deepEqual(await rehearsal().status(), before);
});

test.serial('a model below the gate is refused, and nothing changes', async (t) => {
  const before = await rehearsal().status();
  const { exitCode, output } = await rehearsal().applyWith('stages/rehearsal.yaml', (stage) =>
    stage.replace('minimumAccuracy: 0.85', 'minimumAccuracy: 1'),
  );
  t.is(exitCode, 2);
  t.regex(
    output,
    /accuracy: expected at least 100\.0 % \(gate\.minimumAccuracy\), got 9\d\.\d %, \d\.\d points too low/,
  );
  t.deepEqual(await rehearsal().status(), before);
});

test.serial(
  'a release whose machines fail to boot is reported, the old machines serve on, and the next apply replaces them',
  async (t) => {
    const before = await rehearsal().status();
    const load = await rehearsal().startLoad();
    const bad = await rehearsal().applyWith(
      'bootstrap/templates/nginx/server.conf.njk',
      (template) => `${template}\nnot_a_directive on;\n`,
    );
    t.is(bad.exitCode, 2, bad.output);
    t.regex(bad.output, /i-[0-9a-f]+: the bootstrap failed at "proxy: .+"/);
    t.regex(bad.output, /unknown directive "not_a_directive"/);
    const serving = (await rehearsal().status()).machines.filter(({ health }) => health === 'healthy');
    t.deepEqual(serving.map(({ id }) => id).sort(), before.machines.map(({ id }) => id).sort());
    const good = await rehearsal().checkout.make('apply');
    const { 200: answered = 0, ...failed } = await load.stop();
    t.is(good.exitCode, 0, good.output);
    t.deepEqual(failed, {});
    t.true(answered > 100, `only ${answered} requests`);
    const after = await rehearsal().status();
    t.deepEqual(releasesOf(after), healthy(after.release));
  },
);

test.serial('a replacement that somebody cancels is a failure, which the next apply mends', async (t) => {
  const { checkout } = rehearsal();
  const example = 'please tell the driver that he was very kind,praise';
  await checkout.edit('model/data/train.csv', (data) => `${data.trimEnd()}\n${example}\n`);
  const apply = checkout.start('apply');
  for await (const line of apply.iterable({ from: 'all' })) {
    if (/^› .* 0 % replaced$/.test(String(line))) await rehearsal().cancelReplacement();
  }
  const { exitCode, all } = await apply;
  t.is(exitCode, 2, String(all));
  const cancelled = await rehearsal().status();
  t.regex(cancelled.problem ?? '', /^The machines were not replaced: .+ The old machines still serve\.$/);
  const next = await checkout.make('apply');
  t.is(next.exitCode, 0, next.output);
  const after = await rehearsal().status();
  t.is(after.problem, null);
  t.deepEqual(releasesOf(after), healthy(after.release));
});
