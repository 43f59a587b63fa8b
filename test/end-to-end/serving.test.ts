import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { type Checkout, withMachines } from '../../benchmarks/faults/checkout.ts';
import { predict, type Tally } from '../../benchmarks/faults/load.ts';
import { Rehearsal, type Status } from '../../benchmarks/faults/rehearsal.ts';
import { tracesOf } from '../../benchmarks/faults/traces.ts';
import { withTimes } from '../../monitoring/panel.ts';
import { panels } from '../../monitoring/panels.ts';
import { untilShipped } from './log-lines.ts';
import { patienceSeconds } from './patience.ts';
import { useRehearsal } from './rehearsal.ts';

/** An apply whose policy lacks one permission fails with AWS's sentence, and the next one goes on from there. */
async function applyWithoutPermission(t: ExecutionContext, deployed: Rehearsal): Promise<void> {
  const { exitCode, output } = await deployed.applyWith('stacks/permissions/deployer.ts', (code) =>
    code.replace("'CreateLaunchTemplate',", ''),
  );
  t.is(exitCode, 2, output);
  const template = 'arn:aws:ec2:eu-central-1:123456789012:launch-template/*';
  t.regex(output, /api error UnauthorizedOperation: You are not authorized to perform this operation\. /);
  const refused = `is not authorized to perform: ec2:CreateLaunchTemplate on resource: ${template}`;
  t.true(
    output.includes(
      `User: arn:aws:iam::123456789012:user/deployer ${refused} because no identity-based policy allows the ec2:CreateLaunchTemplate action`,
    ),
    output,
  );
}

const rehearsal = useRehearsal(test, { monitoring: true }, applyWithoutPermission);

test.serial('the command line that apply prints gets an answer', async (t) => {
  const { checkout, applyOutput } = rehearsal();
  const curl = /^ {2}(curl .+)$/m.exec(applyOutput)?.[1] ?? '';
  const { stdout } = await execa('sh', ['-c', `${curl} --silent`], { cwd: checkout.folder });
  t.is((JSON.parse(stdout) as { intent: string }).intent, 'greeting');
});

test.serial('every intent is recognised through the load balancer', async (t) => {
  const expected = {
    'Hi, How are you?': 'greeting',
    'How to reset password?': 'question',
    'I want to cancel my subscription': 'complaint',
    'Great service!': 'praise',
  };
  const answers = await Promise.all(
    Object.keys(expected).map(async (text) => {
      const [status, body] = await predict(await rehearsal().predictRequest(text));
      t.is(status, '200', body);
      return [text, (JSON.parse(body) as { intent: string }).intent];
    }),
  );
  t.deepEqual(Object.fromEntries(answers), expected);
});

test.serial('Prometheus finds the machines by itself, and reads each worker, nginx and machine', async (t) => {
  const { exitCode, output } = await rehearsal().checkout.make('dashboard');
  t.is(exitCode, 0, output);
  t.is(output.split('\n').at(-1), `https://localhost:${rehearsal().place.ports.https}/monitoring/`);
  const up = (job: string) => rehearsal().prometheus(`sum(up{job="${job}"})`);
  await until(
    async () => (await up('service')) === 4 && (await up('nginx')) === 2 && (await up('node')) === 2,
    patienceSeconds,
  );
});

/** Waits until something is so; fails after `seconds`. */
async function until(isSo: () => Promise<boolean>, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not so after ${seconds} s`);
    await delay(1000);
  }
}

const answered = 'sum(intent_http_requests_total{route="/predict"})';

test.serial(
  'make load counts the requests that CloudWatch and Prometheus count, and both machines answer',
  async (t) => {
    // Requests of before are of another rehearsed minute than those of the load.
    const untilCounted = 7000;
    await delay(untilCounted);
    const startedAt = new Date();
    const before = (await rehearsal().prometheus(answered)) ?? 0;
    const { exitCode, output } = await rehearsal().checkout.make('load', 'SECONDS=5', 'RATE=50');
    t.is(exitCode, 0, output);
    t.is(Number(/^│ (\d+) /m.exec(output)?.[1]), 250, output);
    const { machines } = await rehearsal().status();
    for (const { id } of machines) t.regex(output, new RegExp(`^│ ${id} │ \\d+ `, 'm'));
    await delay(untilCounted);
    const counted = await rehearsal().requestsSince(startedAt);
    t.true(Math.abs(counted - 250) <= 2.5, `${counted} requests`);
    t.is(((await rehearsal().prometheus(answered)) ?? 0) - before, 250);
  },
);

test.serial('every panel of the dashboard has values, and no alert rings', async (t) => {
  // Drift needs more predictions than the tests send; other panels say what it means that they are empty.
  const filled = panels.filter(({ id, empty }) => id !== 'drift' && empty === undefined);
  const times = { window: '1m', range: '1h' };
  const empty: string[] = [];
  for (const { id, queries } of filled)
    for (const { legend, query } of queries)
      if ((await rehearsal().prometheus(withTimes(query, times))) === undefined) empty.push(`${id}: ${legend}`);
  t.deepEqual(empty, []);
  t.is(await rehearsal().prometheus('count(ALERTS{alertstate="firing"})'), undefined);
});

test.serial('HTTP is redirected to HTTPS', async (t) => {
  const { http, https } = rehearsal().place.ports;
  const response = await fetch(`http://localhost:${http}/predict?top=2`, { redirect: 'manual' });
  t.is(response.status, 301);
  t.is(response.headers.get('location'), `https://localhost:${https}/predict?top=2`);
});

test.serial('a second plan has no changes', async (t) => {
  const { exitCode, output } = await rehearsal().checkout.make('plan');
  t.is(exitCode, 0);
  t.regex(output, /^No changes: the deployment matches the settings\.$/m);
});

test.serial('make state lists what terraform lists', async (t) => {
  const { checkout } = rehearsal();
  const stack = 'cdktf.out/stacks/intent-fleet-rehearsal';
  const { stdout } = await execa('terraform', [`-chdir=${stack}`, 'state', 'list'], { cwd: checkout.folder });
  const { output } = await checkout.make('state');
  t.is(output, stdout);
  t.true(stdout.split('\n').some((address) => address.startsWith('aws_autoscaling_group.')));
});

test.serial('the state holds no key and no secret', async (t) => {
  const state = await readFile(join(rehearsal().checkout.folder, 'state/rehearsal.tfstate'), 'utf8');
  t.notRegex(state, /PRIVATE KEY|SecretAccessKey|aws_secret/);
});

test.serial('logs show the recap of every machine, the monitoring one, too', async (t) => {
  const { exitCode, output } = await rehearsal().checkout.make('logs', 'UNIT=bootstrap', 'LINES=1000');
  t.is(exitCode, 0);
  t.is(output.match(/ bootstrap +recap: .* failed=0/g)?.length, 3, output);
});

test.serial('a machine that crashes under load is replaced, and costs only the requests that it had', async (t) => {
  const before = await rehearsal().status();
  const victim = before.machines[0]?.id ?? '';
  const load = await rehearsal().startLoad();
  t.teardown(() => load.stop());
  await delay(2000);
  await rehearsal().crash(victim);
  const after = await rehearsal().waitUntil(
    ({ machines }) =>
      machines.length === 2 && machines.every(({ id, health }) => id !== victim && health === 'healthy'),
    patienceSeconds,
  );
  await delay(2000);
  const { 200: answered = 0, 502: broken = 0, 504: late = 0, ...failed } = await load.stop();
  t.log(`${answered} requests answered, ${broken + late} lost with the machine`);
  t.deepEqual(failed, {});
  t.true(answered > 100, `only ${answered} requests`);
  t.true(broken + late < answered / 20, `${broken + late} of ${answered} requests`);
  t.is(after.release, before.release);
});

test.serial('a machine whose role may not read the release does not boot, and apply says why', async (t) => {
  const [victim, other] = (await rehearsal().status()).machines.map(({ id }) => id);
  const narrowed = await rehearsal().applyWith('stacks/identity.ts', (code) =>
    code.replace("actions: ['s3:GetObject']", "actions: ['s3:ListBucket']"),
  );
  t.is(narrowed.exitCode, 0, narrowed.output);
  await rehearsal().crash(victim ?? '');
  const replaced = await rehearsal().waitUntil(
    ({ machines }) => machines.some(({ id }) => ![victim, other].includes(id)),
    patienceSeconds,
  );
  const successor = replaced.machines.find(({ id }) => id !== victim && id !== other)?.id ?? '';
  await rehearsal().waitForLog(successor, /^failed: Fetch the release/m, patienceSeconds);
  // This apply gives the role its permission back; the machine that has failed stays until it is replaced.
  const mended = await rehearsal().checkout.make('apply');
  t.is(mended.exitCode, 2, mended.output);
  t.true(
    mended.output.includes(`apply: ${successor}: the bootstrap failed at "user-data: Fetch the release"`),
    mended.output,
  );
  t.regex(mended.output, /curl: \(22\) The requested URL returned error: 403/);
  await rehearsal().crash(successor);
  const healthy = ({ machines }: Status) =>
    machines.length === 2 && machines.every(({ health }) => health === 'healthy');
  const { machines } = await rehearsal().waitUntil(healthy, patienceSeconds);
  t.false(machines.some(({ id }) => id === victim || id === successor));
});

test.serial('a log store that refuses lines for a while, and a shipper that is killed, cost no line', async (t) => {
  const load = await rehearsal().startLoad({ clients: 8 });
  t.teardown(() => load.stop());
  const refused = await rehearsal().applyWith('stacks/identity.ts', (code) =>
    code.replace('actions: shippingActions', "actions: ['logs:DescribeLogStreams']"),
  );
  t.is(refused.exitCode, 0, refused.output);
  await delay(30_000);
  const mended = await rehearsal().checkout.make('apply');
  t.is(mended.exitCode, 0, mended.output);
  await delay(5000);
  // Those of the fleet, and that of the monitoring machine.
  t.is(await rehearsal().killShippers(), 3);
  await delay(5000);
  const { 200: answered = 0, ...failed } = await load.stop();
  t.deepEqual(failed, {});
  for (const { id } of (await rehearsal().status()).machines) {
    const { lines, twice } = await untilShipped(rehearsal(), id, patienceSeconds);
    t.log(`${answered} requests; ${id} has written ${lines} lines, and ${twice} are there twice`);
    t.true(lines > answered / 2);
    // At most what it was about to remember of the journal and of the access log.
    t.true(twice < 3000, `${twice} lines`);
  }
  const { output } = await rehearsal().checkout.make('logs', 'UNIT=system', 'MATCH=does not take lines', 'LINES=100');
  t.regex(output, / system +\/intent-fleet-rehearsal\/\w+ does not take lines, which wait: AccessDeniedException: /);
});

/** Adds a stage to a checkout: one machine, and a second one above 20 requests in six seconds. */
async function addStage({ folder }: Checkout, name: string): Promise<void> {
  const stages = join(folder, 'stages');
  const shipped = await readFile(join(stages, 'rehearsal.yaml'), 'utf8');
  const changed = withMachines(shipped, 1, false)
    .replace(/max: \d+$/m, 'max: 2')
    .replace(/^( +)cpuTargetPercent: \d+$/m, '$&\n$1requestsPerMachine: 20');
  await writeFile(join(stages, `${name}.yaml`), changed);
}

/** Sends more requests than one machine is to get until a second one serves, then few until one is left; returns their tallies. */
async function scaleOutAndIn(stage: Rehearsal): Promise<Tally[]> {
  const serves = (count: number) => (status: Status) =>
    status.machines.length === count && status.machines.every(({ health }) => health === 'healthy');
  const many = await stage.startLoad({ clients: 6 });
  await stage.waitUntil(serves(2), patienceSeconds).finally(() => many.stop());
  // Without any, the metric has no values, and nothing is scaled in. Fifteen minutes below the target take a minute and a half.
  const few = await stage.startLoad({ clients: 1, pauseMilliseconds: 2000 });
  await stage.waitUntil(serves(1), patienceSeconds).finally(() => few.stop());
  return Promise.all([many.stop(), few.stop()]);
}

test.serial(
  'a second stage of the checkout rehearses and scales beside the first one, and its end disturbs nothing',
  async (t) => {
    const { checkout } = rehearsal();
    const before = await rehearsal().status();
    await addStage(checkout, 'canary');
    t.teardown(() => checkout.make('destroy', 'STAGE=canary'));
    const canary = new Rehearsal(checkout, 'canary');
    const load = await rehearsal().startLoad();
    t.teardown(() => load.stop());
    const applies = await Promise.all([checkout.make('apply', 'STAGE=canary'), checkout.make('apply')]);
    for (const { exitCode, output } of applies) t.is(exitCode, 0, output);
    const { machines } = await canary.status();
    t.is(machines.length, 1);
    t.false(before.machines.some(({ id }) => id === machines[0]?.id));
    const toCanary = await canary.predictRequest('Great service!');
    t.is((await predict(toCanary))[0], '200');
    for (const { 200: scaled = 0, ...lost } of await scaleOutAndIn(canary)) {
      t.deepEqual(lost, {});
      t.true(scaled > 10, `only ${scaled} requests`);
    }

    const { exitCode, output } = await checkout.make('destroy', 'STAGE=canary');
    const { 200: answered = 0, ...failed } = await load.stop();
    t.is(exitCode, 0, output);
    t.false(existsSync(canary.place.folder));
    t.deepEqual(await tracesOf(canary.place.folder, canary.place), []);
    t.is((await predict(toCanary))[0], 'ECONNREFUSED');
    t.deepEqual(failed, {});
    t.true(answered > 100, `only ${answered} requests`);
    t.deepEqual(await rehearsal().status(), before);
  },
);
