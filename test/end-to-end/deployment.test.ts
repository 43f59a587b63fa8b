import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import type { Status } from '../../benchmarks/faults/rehearsal.ts';
import { useRehearsal } from './rehearsal.ts';

const rehearsal = useRehearsal(test);

const releasesOf = ({ machines }: Status) => machines.map(({ release, health }) => ({ release, health }));

const healthy = (release: string) => [0, 1].map(() => ({ release: release.slice(0, 16), health: 'healthy' }));

const subjects = ['parcel', 'order', 'invoice', 'refund', 'account', 'delivery', 'contract', 'payment', 'letter'];

const sentences: Record<string, string[]> = {
  track: ['where is my', 'track the', 'when will the', 'has anybody seen my'],
  cancel: ['cancel my', 'i want to stop the', 'please end the', 'call off the'],
  pay: ['how do i pay the', 'settle the bill of my', 'which card pays the', 'transfer money for the'],
};

/** Writes the stage's own data: these intents, each named as `names` says, about these subjects. */
async function writeMessages(names: Record<string, string>, about = subjects): Promise<void> {
  const rows = Object.entries(sentences).flatMap(([intent, starts]) =>
    starts.flatMap((start) => about.map((subject) => `${start} ${subject} today,${names[intent]}`)),
  );
  await writeFile(join(rehearsal().checkout.folder, 'messages.csv'), `text,intent\n${rows.join('\n')}\n`);
}

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

test.serial('own data replaces the example on every machine without a failed request', async (t) => {
  const { checkout } = rehearsal();
  const before = await rehearsal().status();
  const load = await rehearsal().startLoad();
  await writeMessages({ track: 'track', cancel: 'cancel', pay: 'pay' });
  await checkout.edit('stages/rehearsal.yaml', (yaml) =>
    yaml.replace('  profile: default\n', '  profile: default\n  data: messages.csv\n'),
  );
  const { exitCode, output } = await checkout.make('apply');
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(exitCode, 0, output);
  t.regex(output, /Intents that leave: complaint, greeting, praise, question/);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  const after = await rehearsal().status();
  t.not(after.release, before.release);
  t.deepEqual(releasesOf(after), healthy(after.release));
});

test.serial('a renamed intent is refused with the lines that agree to it, and passes with them', async (t) => {
  const { checkout } = rehearsal();
  await writeMessages({ track: 'track', cancel: 'cancel', pay: 'settle' });
  const refused = await checkout.make('apply');
  t.is(refused.exitCode, 2);
  t.regex(refused.output, /^apply: intents in service that this model does not know: pay$/m);
  t.regex(refused.output, /^model:\n {2}gate:\n {4}removedIntents: \[pay\]$/m);
  await checkout.edit('stages/rehearsal.yaml', (yaml) =>
    yaml.replace('  gate:\n', '  gate:\n    removedIntents: [pay]\n'),
  );
  const { exitCode, output } = await checkout.make('apply');
  t.is(exitCode, 0, output);
  const after = await rehearsal().status();
  t.is(after.problem, null);
  t.deepEqual(releasesOf(after), healthy(after.release));
});

test.serial('a replacement that somebody cancels is a failure, which the next apply mends', async (t) => {
  const { checkout } = rehearsal();
  await writeMessages({ track: 'track', cancel: 'cancel', pay: 'settle' }, [...subjects, 'device']);
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

test.serial('monitoring is added and removed while the same machines answer', async (t) => {
  const { checkout } = rehearsal();
  const machinesOf = async () => (await rehearsal().status()).machines.map(({ id }) => id).sort();
  const before = await machinesOf();
  const load = await rehearsal().startLoad();
  t.teardown(() => load.stop());
  for (const enabled of [true, false]) {
    await checkout.edit('stages/rehearsal.yaml', (yaml) =>
      yaml.replace(/monitoring:\n {2}enabled: \w+/, `monitoring:\n  enabled: ${enabled}`),
    );
    const { exitCode, output } = await checkout.make('apply');
    t.is(exitCode, 0, output);
    const dashboard = await checkout.make('dashboard');
    t.is(dashboard.exitCode, enabled ? 0 : 2, dashboard.output);
  }
  const { 200: answered = 0, ...failed } = await load.stop();
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  t.deepEqual(await machinesOf(), before);
});
