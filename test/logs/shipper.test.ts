import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import test, { type ExecutionContext } from 'ava';
import { logUnits } from '../../common/log-units.ts';
import { StoredLogs } from '../../deployments/stored-logs.ts';
import { admission } from '../../rehearsal/gateway/access.ts';
import { createMetadataService } from '../../rehearsal/metadata/service.ts';
import { userWith } from '../../rehearsal/permissions/principal.ts';
import { bundle } from '../../releases/bundle.ts';
import { shipper as released } from '../../releases/manifest.ts';
import { checkoutSources } from '../../releases/sources.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { accessKey } from '../rehearsal/gateway/signed.ts';
import { collect } from '../support/collect.ts';
import { type Exposition, parseExposition, valuesOf } from '../support/exposition.ts';
import { writeProgram } from '../support/programs.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const role = { AccessKeyId: 'ASIA0123', SecretAccessKey: 's', Token: 't', Expiration: '2099-01-01T00:00:00Z' };
const roleKey = { accessKeyId: role.AccessKeyId, secretAccessKey: role.SecretAccessKey, sessionToken: role.Token };

/** Follows a file whose lines are the entries, whose numbers are the positions. */
const journalctl = `#!/bin/sh
for option in "$@"; do case $option in --after-cursor=*) after=\${option#*=} ;; esac; done
exec tail --follow --lines=+$((\${after:-0} + 1)) "$JOURNAL"
`;

/** A log store in front of a real emulator, which can be dead. */
async function logStore(t: ExecutionContext) {
  const state = { isDead: false };
  const caller = (key: typeof accessKey) => ({ key, principal: async () => userWith(undefined) });
  const admit = admission((id) => caller(id === roleKey.accessKeyId ? roleKey : accessKey), {
    refusalOf: async () => undefined,
  });
  const { endpoint, logs } = await emulated(t, {
    admit: async (incoming, outgoing) => {
      if (!state.isDead) return admit(incoming, outgoing);
      outgoing.writeHead(503).end();
      return undefined;
    },
  });
  for (const unit of logUnits) await logs.send(new CreateLogGroupCommand({ logGroupName: `/fleet/${unit}` }));
  const stored = new StoredLogs({ region: 'eu-central-1', endpoint, credentials: accessKey }, '/fleet');
  return { endpoint, state, read: () => collect(stored.read({ units: logUnits, since: 0 })) };
}

/** A machine with a journal, an access log and the program that ships them. */
async function machine(t: ExecutionContext, endpoint: string) {
  const folder = await temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  await mkdir(at('bin'));
  await writeProgram(at('bin/journalctl'), journalctl);
  await writeFile(at('shipper.mjs'), await bundle(checkoutSources.shipper, checkoutSources.root));
  await writeFile(at('journal'), '');
  const leaves = {
    'meta-data/instance-id': 'i-0123',
    'meta-data/iam/security-credentials/the-role': JSON.stringify(role),
  };
  const metadata = `http://127.0.0.1:${await listen(
    t,
    createMetadataService(() => new Map(Object.entries(leaves))),
  )}`;
  const env = {
    ...released.environment,
    PATH: `${at('bin')}:${process.env.PATH}`,
    JOURNAL: at('journal'),
    LOG_REGION: 'eu-central-1',
    LOG_ENDPOINT: endpoint,
    LOG_GROUPS: '/fleet',
    ACCESS_LOG: at('access.log'),
    STATE_DIRECTORY: at('state'),
    METADATA_URL: metadata,
    METRICS_FILE: at('metrics.prom'),
    NODE_DISABLE_COMPILE_CACHE: '1',
  };
  const output: string[] = [];
  const start = () => {
    const child = spawn(process.execPath, [...released.options, at('shipper.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (text) => output.push(String(text)));
    t.teardown(() => child.kill('SIGKILL'));
    return child;
  };
  let written = 0;
  /** Logs as many requests: the worker to the journal, nginx to its file. */
  const log = async (requests: number) => {
    const numbers = Array.from({ length: requests }, () => ++written);
    const entry = (number: number) => ({
      ...{ __CURSOR: String(number), __REALTIME_TIMESTAMP: String(Date.now() * 1000) },
      ...{ _SYSTEMD_UNIT: 'intent-fleet@8081.service', MESSAGE: `request ${number}` },
    });
    const access = (number: number) => `{"time":${(Date.now() / 1000).toFixed(3)},"number":${number}}\n`;
    await appendFile(at('journal'), numbers.map((number) => `${JSON.stringify(entry(number))}\n`).join(''));
    await appendFile(at('access.log'), numbers.map(access).join(''));
  };
  const metrics = async () => parseExposition(await readFile(at('metrics.prom'), 'utf8'));
  return { start, log, output, metrics };
}

/** How long the oldest line of a worker waits, in seconds. */
function behind({ values }: Exposition): number {
  return values['intent_logs_behind_seconds{unit="service"}'] ?? 0;
}

function shipped(exposition: Exposition): number {
  return Object.values(valuesOf(exposition, 'intent_logs_shipped')).reduce((sum, lines) => sum + lines);
}

/** Waits until the store holds a number of different lines. */
async function untilStored(read: () => Promise<{ message: string }[]>, lines: number): Promise<void> {
  while (new Set((await read()).map(({ message }) => message)).size < lines) await sleep(200);
}

test('a log store that is dead for a while loses no line and gets none twice', async (t) => {
  const { endpoint, state, read } = await logStore(t);
  const { start, log, output, metrics } = await machine(t, endpoint);
  await log(300);
  const shipper = start();
  await untilStored(read, 600);
  state.isDead = true;
  for (let round = 0; round < 10; round++) {
    await log(100);
    await sleep(300);
  }
  while (behind(await metrics()) < 3) await sleep(200);
  t.true(((await metrics()).values.intent_logs_failed_requests_total ?? 0) > 0);
  state.isDead = false;
  await untilStored(read, 2600);
  await log(7);
  while (shipped(await metrics()) < 2614) await sleep(200);
  t.deepEqual(valuesOf(await metrics(), 'intent_logs_behind'), {
    'intent_logs_behind_seconds{unit="service"}': 0,
    'intent_logs_behind_seconds{unit="proxy"}': 0,
    'intent_logs_behind_seconds{unit="bootstrap"}': 0,
    'intent_logs_behind_seconds{unit="cloud-init"}': 0,
    'intent_logs_behind_seconds{unit="system"}': 0,
  });
  shipper.kill('SIGTERM');
  t.deepEqual(await once(shipper, 'exit'), [0, null]);

  const lines = await read();
  t.is(lines.length, 2614);
  t.is(new Set(lines.map(({ message }) => message)).size, 2614);
  t.deepEqual(
    lines.filter(({ unit }) => unit === 'service').map(({ machine: id, message }) => `${id} ${message}`),
    Array.from({ length: 1307 }, (_, index) => `i-0123 request ${index + 1}`),
  );
  t.regex(output.join(''), /^\/fleet\/(?:service|proxy) does not take lines, which wait: status 503$/m);
  t.regex(output.join(''), /^\/fleet\/(?:service|proxy) takes lines again after \d+ failed attempts$/m);
});

test('a shipper that is killed loses no line, and repeats at most what it was about to remember', async (t) => {
  const { endpoint, read } = await logStore(t);
  const { start, log } = await machine(t, endpoint);
  for (let kills = 0; kills < 3; kills++) {
    const shipper = start();
    const before = new Set((await read()).map(({ message }) => message)).size;
    await log(200);
    await untilStored(read, before + 1);
    shipper.kill('SIGKILL');
    await once(shipper, 'exit');
  }
  const last = start();
  await log(10);
  await untilStored(read, 1220);
  last.kill('SIGTERM');
  await once(last, 'exit');
  const lines = await read();
  // Each time at most one window of each source, and no window had more than 200 lines of one.
  t.true(lines.length <= 1220 + 3 * 400, `${lines.length} lines`);
  t.is(new Set(lines.map(({ message }) => message)).size, 1220);
});
