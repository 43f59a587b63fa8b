import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { execa } from 'execa';
import { CloudClient } from '../../rehearsal/client.ts';
import { placeOf } from '../../rehearsal/place.ts';
import { registered } from '../../rehearsal/registration.ts';
import { type Checkout, copyCheckout } from './checkout.ts';
import { askOnce, startLoad } from './load.ts';
import { noTraces, tracesOf } from './traces.ts';

interface Machine {
  id: string;
  release: string;
  health: string;
}

interface Status {
  release: string;
  desired: number;
  machines: Machine[];
}

let checkout: Checkout;

test.before(async () => {
  checkout = await copyCheckout();
});

test.after.always(async () => {
  await checkout.remove();
});

const place = () => placeOf(checkout.folder);
const traces = () => tracesOf(checkout.folder, place().id);

async function question(text: string) {
  const authority = await readFile(join(checkout.folder, '.rehearsal/tls/ca.pem'));
  return { port: place().ports.https, authority, text };
}

async function status(): Promise<Status> {
  const { stdout } = await execa('node', ['scripts/status.ts', '--json'], { cwd: checkout.folder, preferLocal: true });
  return JSON.parse(stdout) as Status;
}

async function untilMachinesAre(good: (status: Status) => boolean, seconds: number): Promise<Status> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const now = await status();
    if (good(now)) return now;
    if (Date.now() > deadline) throw new Error(`Still not so after ${seconds} s: ${JSON.stringify(now)}`);
    await delay(1000);
  }
}

test.serial('an apply that is killed leaves nothing that destroy does not remove', async (t) => {
  t.deepEqual(await traces(), noTraces);
  const apply = checkout.start('apply');
  // Killed from within: an iteration that is left early waits for the process to end by itself.
  for await (const line of apply.iterable({ from: 'all' })) {
    if (/^› [1-9]\d* of \d+/.test(String(line))) process.kill(-(apply.pid ?? 0), 'SIGKILL');
  }
  t.is((await apply).signal, 'SIGKILL');
  t.notDeepEqual(await traces(), noTraces);
  const { exitCode, output } = await checkout.make('destroy');
  t.is(exitCode, 0, output);
  t.regex(output, /^The last apply was cut off\. The rehearsal starts afresh\.$/m);
  t.deepEqual(await traces(), noTraces);
});

test.serial('apply ends with an endpoint that answers', async (t) => {
  const { exitCode, output } = await checkout.make('apply');
  t.is(exitCode, 0, output);
  const curl = /^ {2}(curl .+)$/m.exec(output)?.[1] ?? '';
  const { stdout } = await execa('sh', ['-c', `${curl} --silent`], { cwd: checkout.folder });
  t.is((JSON.parse(stdout) as { intent: string }).intent, 'praise');
});

test.serial('every intent is recognised through the balancer', async (t) => {
  const expected = {
    'Hi, How are you?': 'greeting',
    'How to reset password?': 'question',
    'I want to cancel my subscription': 'complaint',
    'Great service!': 'praise',
  };
  const answers = await Promise.all(
    Object.keys(expected).map(async (text) => {
      const [outcome, body] = await askOnce(await question(text));
      t.is(outcome, '200', body);
      return [text, (JSON.parse(body) as { intent: string }).intent];
    }),
  );
  t.deepEqual(Object.fromEntries(answers), expected);
});

test.serial('plain HTTP is sent to HTTPS', async (t) => {
  const { http, https } = place().ports;
  const response = await fetch(`http://localhost:${http}/predict?top=2`, { redirect: 'manual' });
  t.is(response.status, 301);
  t.is(response.headers.get('location'), `https://localhost:${https}/predict?top=2`);
});

test.serial('a second plan says that there is nothing to change', async (t) => {
  const { exitCode, output } = await checkout.make('plan');
  t.is(exitCode, 0);
  t.regex(output, /^No changes: what is there is what the settings say\.$/m);
});

test.serial('plain terraform reads the state', async (t) => {
  const stack = 'cdktf.out/stacks/intent-fleet-rehearsal';
  const { stdout } = await execa('terraform', [`-chdir=${stack}`, 'state', 'list'], { cwd: checkout.folder });
  const { output } = await checkout.make('state');
  t.is(output, stdout);
  t.true(stdout.split('\n').some((address) => address.startsWith('aws_autoscaling_group.')));
});

test.serial('the state holds no key and no secret', async (t) => {
  const state = await readFile(join(checkout.folder, 'state/rehearsal.tfstate'), 'utf8');
  t.notRegex(state, /PRIVATE KEY|SecretAccessKey|aws_secret/);
});

test.serial('a machine that dies under load is replaced, and nobody notices', async (t) => {
  const registration = await registered(place());
  if (!registration) throw new Error('The rehearsal does not run');
  const before = await status();
  const [victim] = before.machines;
  const load = startLoad(await question('Great service!'), 4, 120);
  await delay(2000);
  await new CloudClient(place(), registration).crash(victim?.id ?? '');
  const after = await untilMachinesAre(
    ({ machines }) =>
      machines.length === 2 && machines.every(({ id, health }) => id !== victim?.id && health === 'healthy'),
    60,
  );
  await delay(2000);
  const { 200: answered = 0, ...failed } = await load.stop();
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  t.is(after.release, before.release);
});

test.serial('changed data becomes a new release on every machine, and nobody notices', async (t) => {
  const before = await status();
  const data = join(checkout.folder, 'model/data/train.csv');
  await writeFile(
    data,
    `${(await readFile(data, 'utf8')).trimEnd()}\nthe whole team says thank you for the weekend shift,praise\n`,
  );
  const load = startLoad(await question('How to reset password?'), 4, 240);
  const { exitCode, output } = await checkout.make('apply');
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(exitCode, 0, output);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  const after = await status();
  t.not(after.release, before.release);
  t.is(after.machines.length, 2);
  t.deepEqual(
    after.machines.map(({ release, health }) => ({ release, health })),
    after.machines.map(() => ({ release: after.release.slice(0, 16), health: 'healthy' })),
  );
});

test.serial('data that cannot be used changes nothing', async (t) => {
  const before = await status();
  const data = join(checkout.folder, 'model/data/train.csv');
  const good = await readFile(data, 'utf8');
  await writeFile(data, `${good.trimEnd()}\n,praise\n`);
  const { exitCode, output } = await checkout.make('apply');
  await writeFile(data, good);
  t.is(exitCode, 2);
  t.regex(output, /model\/data\/train\.csv:\d+/);
  t.deepEqual(await status(), before);
});

test.serial('a model that is not good enough is refused, and nothing changes', async (t) => {
  const before = await status();
  const stage = join(checkout.folder, 'stages/rehearsal.yaml');
  const good = await readFile(stage, 'utf8');
  await writeFile(stage, good.replace('minimumAccuracy: 0.85', 'minimumAccuracy: 1'));
  const { exitCode, output } = await checkout.make('apply');
  await writeFile(stage, good);
  t.is(exitCode, 2);
  t.regex(
    output,
    /accuracy: expected at least 100\.0 % \(gate\.minimumAccuracy\), got 9\d\.\d %, \d\.\d points too low/,
  );
  t.deepEqual(await status(), before);
});

test.serial('machines that cannot come up are told, the old ones serve on, and a good release mends it', async (t) => {
  const before = await status();
  const template = join(checkout.folder, 'bootstrap/templates/nginx/server.conf.njk');
  const good = await readFile(template, 'utf8');
  const load = startLoad(await question('Hi, How are you?'), 4, 300);
  await writeFile(template, `${good}\nnot_a_directive on;\n`);
  const bad = await checkout.make('apply');
  await writeFile(template, good);
  t.is(bad.exitCode, 2, bad.output);
  t.regex(bad.output, /i-[0-9a-f]+: the bootstrap failed at "proxy: .+"/);
  t.regex(bad.output, /unknown directive "not_a_directive"/);
  const serving = (await status()).machines.filter(({ health }) => health === 'healthy');
  t.deepEqual(serving.map(({ id }) => id).sort(), before.machines.map(({ id }) => id).sort());
  const mended = await checkout.make('apply');
  const { 200: answered = 0, ...failed } = await load.stop();
  t.is(mended.exitCode, 0, mended.output);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  const after = await status();
  t.is(after.release, before.release);
  t.deepEqual(
    after.machines.map(({ release, health }) => ({ release, health })),
    [0, 1].map(() => ({ release: before.release.slice(0, 16), health: 'healthy' })),
  );
});

test.serial('logs show the recap of every machine', async (t) => {
  const { exitCode, output } = await checkout.make('logs');
  t.is(exitCode, 0);
  t.is(output.match(/^recap: .* failed=0/gm)?.length, 2);
});

test.serial('destroy removes everything', async (t) => {
  const { exitCode, output } = await checkout.make('destroy');
  t.is(exitCode, 0, output);
  t.deepEqual(await traces(), noTraces);
  const again = await checkout.make('destroy');
  t.is(again.exitCode, 0, again.output);
});
