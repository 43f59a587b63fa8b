import test, { type ExecutionContext } from 'ava';
import type { ReleaseOnDisk, ServiceManifest } from '../../../bootstrap/release.ts';
import { verifyRole } from '../../../bootstrap/roles/verify.ts';
import { converge } from '../../../bootstrap/runner/converge.ts';
import { parseVariables, type VariablesInput } from '../../../bootstrap/variables.ts';
import { logVariables } from '../log-variables.ts';
import { answerInTurn, testMachine } from '../machine.ts';
import { example, type Reply, serve } from '../verification/service.ts';
import { showUnits } from '../verification/units.ts';

const one = { unit: 'intent-fleet@8081.service' };
const two = { unit: 'intent-fleet@8082.service' };
const marker = '/var/lib/intent-fleet/serving/0123456789abcdef';

const ask = 'Ask the service for the examples of the release';
const wait = 'Let the workers run for 3 s without a restart';
const askAgain = 'Ask the service once more';

interface Given {
  texts?: string[];
  reply?: (body: string, turn: number) => Reply | undefined;
  /** What systemd says in turn. */
  units?: ReturnType<typeof showUnits>[];
  apiKeys?: VariablesInput['apiKeys'];
}

/** A machine, and a function that runs the role on it; `log` has requests, pauses and questions to systemd in their order. */
async function given(
  t: ExecutionContext,
  { texts = ['a', 'b'], reply, units = [showUnits(one, two)], apiKeys }: Given = {},
) {
  const machine = await testMachine(t);
  serve(machine, ['127.0.0.1:8081', '127.0.0.1:8082'], reply);
  answerInTurn(machine, 'systemctl show', units);
  machine.answers.set('journalctl', { status: 0, output: 'Error: no memory' });
  const log: string[] = [];
  const { run } = machine;
  machine.run = (argv, options) => {
    log.push(options?.input ?? argv[0] ?? '');
    return run(argv, options);
  };
  const release = {
    id: '0123456789abcdef',
    manifest: { examples: texts.map(example) },
  } as unknown as ReleaseOnDisk<ServiceManifest>;
  const variables = parseVariables({
    network: { cidr: '10.20.0.0/16' },
    fleet: { name: 'f', minReadySeconds: 3 },
    logs: logVariables,
    apiKeys,
  });
  const role = verifyRole(release, variables, async (seconds) => void log.push(`pause ${seconds}`));
  const verify = async (check = false) => {
    const recap = await converge(machine, { roles: [role], handlers: [] }, { release: release.id, check });
    return recap.tasks.map(({ task, status }) => `${status}: ${task}`);
  };
  const output = async () => {
    const recap = await converge(machine, { roles: [role], handlers: [] }, { release: release.id });
    return recap.tasks.at(-1)?.output?.split('\n');
  };
  return { machine, log, verify, output };
}

const requests = ['{"text":"a"}', '{"texts":["b"]}'];

test('the examples are asked before and after a time without a restart; then the machine gets its marker', async (t) => {
  const { machine, log, verify } = await given(t);
  t.deepEqual(await verify(), [`ok: ${ask}`, `ok: ${wait}`, `ok: ${askAgain}`, 'changed: Allow traffic']);
  t.is(await machine.files.read(marker), '0123456789abcdef\n');
  const asked = ['systemctl', 'systemctl', ...requests, 'systemctl'];
  const waited = ['systemctl', 'systemctl', 'systemctl', ...Array(3).fill(['pause 1', 'systemctl']).flat()];
  t.deepEqual(log.slice(1), [...asked, ...waited, ...asked]);
});

test('a second run asks nothing, waits for nothing and changes nothing', async (t) => {
  const { log, verify } = await given(t);
  await verify();
  log.length = 0;
  t.deepEqual(await verify(), [`ok: ${ask}`, `ok: ${wait}`, `ok: ${askAgain}`, 'ok: Allow traffic']);
  t.deepEqual(log, ['uname']);
});

test('check mode asks nothing and sets no marker', async (t) => {
  const { machine, log, verify } = await given(t);
  t.deepEqual(await verify(true), [
    `skipped: ${ask}`,
    `skipped: ${wait}`,
    `skipped: ${askAgain}`,
    'changed: Allow traffic',
  ]);
  t.deepEqual(log, ['uname']);
  t.is(await machine.files.read(marker), undefined);
});

test('without examples that can be asked, the machine still waits', async (t) => {
  for (const texts of [[], ['a'.repeat(2001)]]) {
    const { machine, log, verify } = await given(t, { texts });
    t.deepEqual(await verify(), [`skipped: ${ask}`, `ok: ${wait}`, `skipped: ${askAgain}`, 'changed: Allow traffic']);
    t.is(log.filter((entry) => entry === 'pause 1').length, 3);
    t.is(await machine.files.read(marker), '0123456789abcdef\n');
  }
});

test('batches are as large as the limit on bodies of the machine allows', async (t) => {
  const texts = ['a', ...Array(40).fill('b'.repeat(1900))];
  const { log, verify } = await given(t, { texts });
  await verify();
  const sizes = log.filter((entry) => entry.startsWith('{"texts"')).map((body) => JSON.parse(body).texts.length);
  t.deepEqual(sizes.slice(0, 2), [34, 6]);
});

const wrong: Reply = { body: { intent: 'x' }, worker: '127.0.0.1:8081' };
const mistake = [
  '1 of 2 texts were not answered with the intent that the release expects:',
  '  "a": expected intent of a, got x from 127.0.0.1:8081',
];

test('a wrong answer fails the run, and the machine gets no marker', async (t) => {
  const { machine, output } = await given(t, { reply: (body) => (body === requests[0] ? wrong : undefined) });
  t.deepEqual(await output(), mistake);
  t.is(await machine.files.read(marker), undefined);
});

test('a wrong answer after the time without a restart fails the run, and the machine gets no marker', async (t) => {
  const { machine, verify } = await given(t, { reply: (_, turn) => (turn === 2 ? wrong : undefined) });
  t.deepEqual(await verify(), [`ok: ${ask}`, `ok: ${wait}`, `failed: ${askAgain}`]);
  t.is(await machine.files.read(marker), undefined);
});

/** What systemd says when the second worker has restarted before the given question. */
const restartedAt = (turn: number) => [
  ...Array(turn).fill(showUnits(one, two)),
  showUnits(one, { ...two, restarts: '1', activeSince: '9' }),
];

const restart = [
  'intent-fleet@8082.service: expected no restart, got a new start (NRestarts 0 -> 1)',
  'Error: no memory',
];

test('a worker that restarts while it is asked or later fails the run, with its journal', async (t) => {
  for (const turn of [2, 8, 11]) {
    const { machine, output } = await given(t, { units: restartedAt(turn) });
    t.deepEqual(await output(), restart, `question ${turn}`);
    t.is(await machine.files.read(marker), undefined);
    t.is(machine.commands.at(-1), 'journalctl --no-pager --lines 30 --output short --unit intent-fleet@8082.service');
  }
});

test('a restart ends the waiting at once', async (t) => {
  const { log, output } = await given(t, { units: restartedAt(6) });
  t.deepEqual(await output(), restart);
  t.deepEqual(log.slice(-3), ['pause 1', 'systemctl', 'journalctl']);
  t.is(log.filter((entry) => entry === 'pause 1').length, 1);
});

test('a worker that is down when the examples are asked fails the run before them', async (t) => {
  const { log, output } = await given(t, { units: [showUnits(one, { ...two, activeState: 'activating' })] });
  t.deepEqual(await output(), [
    'intent-fleet@8082.service: expected active, got activating after 0 restarts',
    'Error: no memory',
  ]);
  t.deepEqual(log, ['uname', 'systemctl', 'systemctl', 'journalctl']);
});

test('where API keys are asked for, the machine proves its own, which no argument shows', async (t) => {
  const apiKeys = { path: '/f/api-keys', region: 'eu-central-1', endpoint: 'https://ssm.eu-central-1.amazonaws.com' };
  const { machine, verify } = await given(t, { apiKeys });
  t.deepEqual(await verify(), [`ok: ${ask}`, `ok: ${wait}`, `ok: ${askAgain}`, 'changed: Allow traffic']);
  const requests = machine.commands.filter((line) => line.startsWith('curl'));
  t.true(requests.length > 0);
  for (const request of requests) t.regex(request, / --header @\/var\/lib\/intent-fleet-keys\/authorization /);
});
