import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { killAt } from '../../benchmarks/faults/carry-out.ts';
import type { Status } from '../../benchmarks/faults/rehearsal.ts';
import { firstShares, shareOf } from '../../common/api-keys/share.ts';
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
      .replace('strategy: blue-green', 'strategy: rolling')
      .replace('feedback:\n  enabled: false', 'feedback:\n  enabled: true'),
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
    await judge(t);
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

/** Says of ten predictions of each track which intent was right, twice; what is counted of it is told by `make compare`. */
async function judge(t: ExecutionContext): Promise<void> {
  const { checkout } = rehearsal();
  const text = 'where is my parcel today';
  for (const track of ['blue', 'green'])
    for (let number = 0; number < 10; number += 1) {
      const { id } = await post('/predict', { text }, `x-fleet-track: ${track}`);
      // Of the release that came second, half are called wrong.
      const intent = track === 'green' || number < 5 ? 'track' : 'pay';
      for (const other of ['blue', 'green']) await post('/feedback', { id, intent }, `x-fleet-track: ${other}`);
    }
  const compare = async () => {
    const { stdout } = await execa('node', ['scripts/compare.ts', '--json'], { cwd: checkout.folder });
    const { a, b, verdict } = JSON.parse(stdout) as Record<'a' | 'b', { right: number; wrong: number }> & {
      verdict: string;
    };
    return { a: [a.right, a.wrong], b: [b.right, b.wrong], verdict };
  };
  while ((({ a, b }) => [...a, ...b].reduce((sum, count) => sum + count))(await compare()) < 20) await delay(1000);
  // What was sent again is stored by then, too.
  await delay(6000);
  const { verdict, ...counts } = await compare();
  t.deepEqual(new Set([String(counts.a), String(counts.b)]), new Set(['10,0', '5,5']));
  t.is(verdict, 'undecided');
  const { exitCode, output } = await checkout.make('compare');
  t.is(exitCode, 0, output);
  t.regex(output, /^Undecided\. /m);
}

/** Posts JSON over a new connection, and returns that of the answer. */
async function post(path: string, body: object, header: string): Promise<{ id?: string }> {
  const { place } = rehearsal();
  const { stdout } = await execa('curl', [
    ...['--silent', '--show-error', '--fail-with-body', '--cacert', join(place.folder, 'tls/ca.pem')],
    ...['--header', 'content-type: application/json', '--header', header, '--data', JSON.stringify(body)],
    `https://localhost:${place.ports.https}${path}`,
  ]);
  return JSON.parse(stdout) as { id?: string };
}

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

test.serial(
  'a stage that asks for API keys is deployed by a key of its own, and a key ends on every machine',
  async (t) => {
    const { checkout, place } = rehearsal();
    await checkout.edit('stages/rehearsal.yaml', (yaml) => yaml.replace('access: open', 'access: keys'));
    const applied = await checkout.make('apply');
    t.is(applied.exitCode, 0, applied.output);
    t.regex(applied.output, /^ {2}export API_KEY=\$\(make -s api-key NAME=first\)$/m);
    const listed = await checkout.make('api-keys');
    t.regex(listed.output, /^There is no API key\./);

    const { stdout: key } = await execa('make', ['-s', 'api-key', 'NAME=web'], { cwd: checkout.folder });
    const certificate = join(place.folder, 'tls/ca.pem');
    const machines = (await rehearsal().status()).machines.map(({ id }) => id).sort();
    const statuses = async (...headers: string[]) => {
      const answers = await Promise.all([1, 2, 3, 4].map(() => ask(place.ports.https, certificate, headers)));
      return Object.fromEntries(answers.sort());
    };
    const until = async (status: string) => {
      const start = performance.now();
      const expected = Object.fromEntries(machines.map((machine) => [machine, status]));
      while (!isDeepStrictEqual(await statuses(`authorization: Bearer ${key}`), expected)) await delay(500);
      return (performance.now() - start) / 1000;
    };
    t.deepEqual(new Set(Object.values(await statuses())), new Set(['401']));
    await until('200');
    const revoked = await checkout.make('api-keys', 'REVOKE=web');
    t.is(revoked.exitCode, 0, revoked.output);
    const seconds = await until('401');
    t.log(`refused by every machine after ${seconds.toFixed(1)} s`);
    t.true(seconds < 60, `${seconds} s`);
  },
);

test.serial(
  'two releases serve side by side, each client stays at one by cookie or by key, and a person decides',
  async (t) => {
    const { checkout } = rehearsal();
    const names = Array.from({ length: 8 }, (_, number) => `customer-${number}`);
    const make = (name: string) => execa('make', ['-s', 'api-key', `NAME=${name}`], { cwd: checkout.folder });
    const keys = await Promise.all(names.map(async (name) => (await make(name)).stdout));
    await writeMessages({ track: 'track', cancel: 'cancel', pay: 'settle' }, [...subjects, 'gift']);
    await checkout.edit('stages/rehearsal.yaml', (yaml) =>
      yaml.replace(/strategy: \S+/, 'strategy: ab').replace(/^ {2}percent: \d+$/m, '  percent: 40'),
    );
    const before = await rehearsal().status();
    const waiting = await checkout.make('apply');
    t.is(waiting.exitCode, 0, waiting.output);
    t.regex(waiting.output, /^(?:blue|green) serves 40 % until a person promotes it: make promote goes on/m);
    const { machines, tracks } = await rehearsal().status();
    const old = before.release.slice(0, 16);
    const others = new Set(machines.map(({ release }) => release).filter((release) => release !== old));
    const [candidate = '', ...more] = others;
    t.deepEqual(more, []);

    // Each request is drawn: of 200, all but certainly between 25 and 55 %.
    const drawn = await releasesSeen('/', 200);
    const percent = (100 * drawn.filter((release) => release === candidate).length) / drawn.length;
    t.log(`${percent} % of ${drawn.length} requests without cookie and key saw the candidate, 40 % wanted`);
    t.true(percent > 25 && percent < 55);
    const people = await Promise.all(names.map(() => releasesSeen('/', 12, '--cookie', '')));
    t.deepEqual(
      people.map((releases) => new Set(releases).size),
      people.map(() => 1),
    );
    const newRevision = Object.values(tracks).find(({ isLive }) => !isLive)?.revision ?? '';
    const first = firstShares(40, newRevision);
    const holders = keys.map((key) =>
      releasesSeen('/predict', 12, '--header', `authorization: Bearer ${key}`, '--json', '{"text":"cancel it"}'),
    );
    t.deepEqual(
      (await Promise.all(holders)).map((releases) => [...new Set(releases)]),
      names.map((name) => [first.some((digits) => shareOf(name).startsWith(digits)) ? candidate : old]),
    );

    const compared = await checkout.make('compare');
    t.regex(compared.output, /^Undecided\. Look again after about /m);
    const aborted = await checkout.make('abort');
    t.is(aborted.exitCode, 0, aborted.output);
    t.deepEqual(releasesOf(await rehearsal().status()), healthy(before.release));
    t.deepEqual(new Set(await releasesSeen('/', 20)), new Set([old]));
  },
);

/** Requests a path some times on one connection; returns the releases that have answered, each with 200. */
async function releasesSeen(path: string, times: number, ...options: string[]): Promise<string[]> {
  const { place } = rehearsal();
  const url = `https://localhost:${place.ports.https}${path}`;
  const { stdout } = await execa('curl', [
    ...['--silent', '--cacert', join(place.folder, 'tls/ca.pem'), ...options],
    ...['--write-out', '%{http_code} %header{x-release}\n'],
    ...Array.from({ length: times }, () => ['--output', '/dev/null', url]).flat(),
  ]);
  const answers = stdout.split('\n');
  return answers.map((answer) => answer.replace(/^200 /, ''));
}

/** Asks for an intent over a new connection; returns the machine that has answered, and the status. */
async function ask(port: number, certificate: string, headers: readonly string[]): Promise<[string, string]> {
  const { stdout } = await execa('curl', [
    ...['--silent', '--cacert', certificate, '--output', '/dev/null'],
    ...['--write-out', '%header{x-served-by} %{http_code}', '--header', 'content-type: application/json'],
    ...headers.flatMap((header) => ['--header', header]),
    ...['--data', '{"text":"where is my parcel"}', `https://localhost:${port}/predict`],
  ]);
  const [machine = '', status = ''] = stdout.split(' ');
  return [machine, status];
}
