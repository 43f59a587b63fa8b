import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { killAt } from '../../benchmarks/faults/carry-out.ts';
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
    yaml
      .replace('  profile: default\n', '  profile: default\n  data: messages.csv\n')
      .replace('strategy: blue-green', 'strategy: rolling'),
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

test.serial(
  'a renamed intent is refused with the lines that agree to it, and passes as a canary with them',
  async (t) => {
    const { checkout } = rehearsal();
    await writeMessages({ track: 'track', cancel: 'cancel', pay: 'settle' });
    const refused = await checkout.make('apply');
    t.is(refused.exitCode, 2);
    t.regex(refused.output, /^apply: intents in service that this model does not know: pay$/m);
    t.regex(refused.output, /^model:\n {2}gate:\n {4}removedIntents: \[pay\]$/m);
    await checkout.edit('stages/rehearsal.yaml', (yaml) =>
      yaml
        .replace('  gate:\n', '  gate:\n    removedIntents: [pay]\n')
        .replace('strategy: rolling', 'strategy: canary')
        .replace('steps: [5, 25, 50, 100]', 'steps: [30, {percent: 60, pause: true}, 100]'),
    );
    const load = await rehearsal().startLoad();
    t.teardown(() => load.stop());
    const waiting = await checkout.make('apply');
    t.is(waiting.exitCode, 0, waiting.output);
    t.regex(waiting.output, /^(?:blue|green) serves 60 % until a person promotes it: make promote goes on/m);
    const { exitCode, output } = await checkout.make('promote');
    const { 200: answered = 0, ...failed } = await load.stop();
    t.is(exitCode, 0, output);
    t.deepEqual(failed, {});
    t.true(answered > 100, `only ${answered} requests`);
    const after = await rehearsal().status();
    t.is(after.problem, null);
    t.deepEqual(releasesOf(after), healthy(after.release));
  },
);

test.serial('a deployment whose command is killed is told of, goes back by abort, and is in the history', async (t) => {
  const { checkout } = rehearsal();
  const before = await rehearsal().status();
  await writeMessages({ track: 'track', cancel: 'cancel', pay: 'settle' }, [...subjects, 'device']);
  const setting = (from: string, to: string) =>
    checkout.edit('stages/rehearsal.yaml', (yaml) => yaml.replace(from, to));
  await setting('strategy: canary', 'strategy: blue-green');
  await setting('bakeSeconds: 2\n', 'bakeSeconds: 300\n');
  const load = await rehearsal().startLoad();
  t.teardown(() => load.stop());
  const fault = { command: 'apply', given: 'a fleet that serves', victim: 'command' } as const;
  await killAt(checkout, { ...fault, step: 'bake', at: /^› green bakes|^› blue bakes/ });
  const killed = await rehearsal().status();
  t.regex(
    killed.problem ?? '',
    /^A blue-green deployment of r-\w+ is under way since .+\. Go on with it: make promote, or/,
  );
  const other = await rehearsal().applyWith('stages/rehearsal.yaml', (yaml) =>
    yaml.replace('workers: 2', 'workers: 1'),
  );
  t.is(other.exitCode, 2, other.output);
  t.regex(
    other.output,
    /^apply: A blue-green deployment of r-\w+ is under way since .+ Finish it first: make promote/m,
  );
  const aborted = await checkout.make('abort');
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(aborted.exitCode, 0, aborted.output);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  const after = await rehearsal().status();
  t.is(after.release, before.release);
  t.deepEqual(releasesOf(after), releasesOf(before));
  const history = await checkout.make('history');
  t.regex(history.output, /rolled back/);
  t.regex(history.output, /A person aborted it/);
  await setting('bakeSeconds: 300\n', 'bakeSeconds: 2\n');
});

test.serial(
  'a deployment that recreates has an outage, of which it tells before, and serves the new release after it',
  async (t) => {
    const { checkout } = rehearsal();
    await checkout.edit('stages/rehearsal.yaml', (yaml) => yaml.replace('strategy: blue-green', 'strategy: recreate'));
    const load = await rehearsal().startLoad();
    t.teardown(() => load.stop());
    const { exitCode, output } = await checkout.make('apply');
    const { 200: answered = 0, ...failed } = await load.stop();
    t.is(exitCode, 0, output);
    t.regex(output, /^Outage: nothing serves from step \d to step \d, for about \d+ s\.$/m);
    const { 502: unhealthy = 0, 503: empty = 0, ...others } = failed;
    t.deepEqual(others, {});
    t.log(`${answered} requests answered, ${unhealthy + empty} not, in the outage`);
    t.true(answered > 100, `only ${answered} requests`);
    const after = await rehearsal().status();
    t.is(after.problem, null);
    t.deepEqual(releasesOf(after), healthy(after.release));
  },
);

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
