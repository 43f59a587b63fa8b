import { readFile } from 'node:fs/promises';
import test from 'ava';
import type { Facts } from '../../../bootstrap/facts.ts';
import { servicePlay } from '../../../bootstrap/plays/service.ts';
import type { ReleaseOnDisk, ServiceManifest } from '../../../bootstrap/release.ts';
import type { Task } from '../../../bootstrap/tasks/task.ts';
import { parseVariables, type VariablesInput } from '../../../bootstrap/variables.ts';
import { expected } from '../expected.ts';
import { logVariables } from '../log-variables.ts';
import { facts, testMachine } from '../machine.ts';
import { taskNamed as findTask, handlerLines, taskLines } from './tasks.ts';

const release: ReleaseOnDisk<ServiceManifest> = {
  id: '0123456789abcdef',
  folder: '/opt/intent-fleet/releases/0123456789abcdef',
  manifest: {
    format: 7,
    machines: 'service',
    node: '24.0.0',
    model: 'm',
    start: {
      runtime: 'bin/node',
      options: ['--min-semi-space-size=8', '--max-semi-space-size=8'],
      program: 'app/service.mjs',
      environment: { NODE_ENV: 'production', MALLOC_ARENA_MAX: '1' },
    },
    shipper: {
      runtime: 'bin/node',
      options: ['--jitless'],
      program: 'logs/shipper.mjs',
      environment: { MALLOC_ARENA_MAX: '1' },
    },
    keys: {
      runtime: 'bin/node',
      options: ['--jitless'],
      program: 'keys/keys.mjs',
      environment: { MALLOC_ARENA_MAX: '1' },
    },
    feedback: {
      runtime: 'bin/node',
      options: ['--jitless'],
      program: 'feedback/feedback.mjs',
      environment: { MALLOC_ARENA_MAX: '1' },
    },
    shadowFetch: {
      runtime: 'bin/node',
      options: ['--jitless'],
      program: 'shadow/fetch.mjs',
      environment: { MALLOC_ARENA_MAX: '1' },
    },
    shadow: {
      runtime: 'bin/node',
      options: ['--jitless'],
      program: 'shadow/shadow.mjs',
      environment: { MALLOC_ARENA_MAX: '1' },
    },
    examples: [{ text: 'hello', intent: 'greeting' }],
    files: { 'bin/node': 'a'.repeat(64), 'app/b': 'b'.repeat(64) },
  },
};

type TestMachine = Awaited<ReturnType<typeof testMachine>>;

function play(some: Partial<VariablesInput> = {}) {
  const variables = { network: { cidr: '10.20.0.0/16' }, fleet: { name: 'intent-fleet' }, logs: logVariables };
  return servicePlay(release, parseVariables({ ...variables, ...some }));
}

function taskNamed(name: string, some?: Partial<VariablesInput>): Task {
  return findTask(play(some), name);
}

test('the tasks run in this order', (t) => {
  t.deepEqual(taskLines(play()), [
    'preflight: assert: Check the distribution',
    'preflight: assert: Check the architecture',
    "release: command: Verify the release's checksums",
    'release: directory: Make the state directory',
    'release: directory: Make the directory of verified releases',
    'release: file: Refuse traffic until this release is verified',
    'release: symlink: Point to the current release -> Restart the log shipper, Restart the key reader, Restart the feedback store, Restart the shadow fetcher, Restart the shadow, Restart the workers',
    'logs: package: Install logrotate',
    'logs: directory: Make the log directory',
    "logs: template: Rotate the bootstrap's log",
    'logs: file: Run logrotate hourly -> Reload systemd',
    "logs: file: Limit the journal's size and rate -> Restart the journal",
    "shipper: user: Add the log shipper's user",
    "shipper: template: Write the log shipper's unit -> Reload systemd, Restart the log shipper",
    'shipper: flush',
    'shipper: unit: Start the log shipper',
    'service: user: Add the service user',
    'service: package: Install openssl',
    'service: directory: Make the configuration directory',
    'service: directory: Make the certificate directory',
    "service: command: Make the service's certificate -> Restart the workers, Reload nginx",
    "service: file: Restrict the service's key to intent-fleet (sensitive)",
    "service: file: Make the service's certificate readable",
    "service: template: Write the service's environment -> Restart the workers",
    "service: template: Write the service's unit -> Reload systemd, Restart the workers",
    'service: flush',
    'service: unit: Stop surplus workers',
    'service: unit: Start the workers',
    'service: wait: Wait until the worker on port 8081 is ready',
    'service: wait: Wait until the worker on port 8082 is ready',
    'proxy: package: Install nginx',
    "proxy: command: Make the proxy's certificate -> Reload nginx",
    "proxy: file: Restrict the proxy's key to root (sensitive)",
    "proxy: file: Make the proxy's certificate readable",
    'proxy: file: Restart nginx when it fails -> Reload systemd',
    "proxy: template: Write nginx's configuration -> Reload nginx",
    "proxy: template: Rotate nginx's access log",
    'proxy: flush',
    'proxy: unit: Start nginx',
    'proxy: wait: Wait until a worker answers through nginx',
    'verify: verify: Ask the service for the examples of the release',
    'verify: verify: Let the workers run for 10 s without a restart',
    'verify: verify: Ask the service once more',
    'verify: file: Allow traffic',
    'exporters: package: Install the exporters',
    "exporters: template: Write the node exporter's options -> Reload systemd, Restart the node exporter",
    'exporters: template: Restrict the node exporter -> Reload systemd, Restart the node exporter',
    "exporters: template: Write the nginx exporter's options -> Reload systemd, Restart the nginx exporter",
    'exporters: template: Restrict the nginx exporter -> Reload systemd, Restart the nginx exporter',
    'exporters: flush',
    'exporters: unit: Start the exporters',
  ]);
});

const apiKeys = {
  path: '/intent-fleet/api-keys',
  region: 'eu-central-1',
  endpoint: 'https://ssm.eu-central-1.amazonaws.com',
};

test('where API keys are asked for, they are read before the workers start', (t) => {
  const lines = taskLines(play({ apiKeys }));
  const open = new Set(taskLines(play()));
  t.deepEqual(
    lines.filter((line) => !open.has(line)),
    [
      'keys: user: Add the service user, whose group reads the keys',
      "keys: user: Add the key reader's user",
      "keys: template: Write the key reader's unit -> Reload systemd, Restart the key reader",
      'keys: flush',
      'keys: unit: Start the key reader',
      'keys: wait: Wait until the API keys have been read',
    ],
  );
  t.is(
    lines.indexOf('keys: wait: Wait until the API keys have been read') + 1,
    lines.indexOf('service: user: Add the service user'),
  );
});

const feedback = {
  bucket: 'https://intent-fleet-feedback-123456789012.s3.eu-central-1.amazonaws.com',
  region: 'eu-central-1',
  endpoint: 'https://ssm.eu-central-1.amazonaws.com',
  parameter: '/intent-fleet/prediction-key',
  storeTexts: false,
  days: 30,
};

test('where feedback is taken, the key of predictions is there before the workers start', (t) => {
  const lines = taskLines(play({ feedback }));
  const without = new Set(taskLines(play()));
  t.deepEqual(
    lines.filter((line) => !without.has(line)),
    [
      'feedback: user: Add the service user, whose group takes feedback',
      "feedback: user: Add the feedback store's user",
      "feedback: template: Write the feedback store's unit -> Reload systemd, Restart the feedback store",
      'feedback: flush',
      'feedback: unit: Start the feedback store',
      'feedback: wait: Wait until the key of predictions has been read',
    ],
  );
  const last = lines.indexOf('feedback: wait: Wait until the key of predictions has been read');
  t.is(lines[last + 1], 'service: user: Add the service user');
});

const shadow = {
  parameter: '/intent-fleet/shadow',
  region: 'eu-central-1',
  endpoint: 'https://ssm.eu-central-1.amazonaws.com',
  releases: 'https://intent-fleet-releases-123456789012.s3.eu-central-1.amazonaws.com/releases',
  cpuPercent: 25,
  memoryMegabytes: 384,
  copyPercent: 50,
};

test('where a shadow may run, what fetches and runs it comes last', (t) => {
  const lines = taskLines(play({ shadow }));
  const without = taskLines(play());
  t.deepEqual(lines.slice(0, without.length), without);
  t.deepEqual(lines.slice(without.length), [
    "shadow: template: Limit the shadow's processor time and memory -> Reload systemd, Restart the shadow fetcher, Restart the shadow",
    "shadow: user: Add the shadow fetcher's user",
    "shadow: template: Write the shadow fetcher's unit -> Reload systemd, Restart the shadow fetcher",
    'shadow: flush',
    'shadow: unit: Start the shadow fetcher',
    "shadow: user: Add the shadow's user",
    "shadow: template: Write the shadow's unit -> Reload systemd, Restart the shadow",
    'shadow: flush',
    'shadow: unit: Start the shadow',
  ]);
});

test('the handlers run in this order', (t) => {
  t.deepEqual(handlerLines(play()), [
    'command: Restart the journal',
    'command: Reload systemd',
    'unit: Restart the log shipper',
    'unit: Restart the key reader',
    'unit: Restart the feedback store',
    'unit: Restart the shadow fetcher',
    'unit: Restart the shadow',
    'unit: Restart the workers',
    'unit: Restart the node exporter',
    'unit: Restart the nginx exporter',
    'unit: Reload nginx',
  ]);
});

const rendered = [
  ["Write the service's environment", '/etc/intent-fleet/service.env', 'service.env'],
  ["Write the service's unit", '/etc/systemd/system/intent-fleet@.service', 'intent-fleet@.service'],
  ["Write nginx's configuration", '/etc/nginx/nginx.conf', 'nginx.conf'],
  ["Rotate nginx's access log", '/etc/logrotate.d/nginx', 'nginx.logrotate'],
  ["Rotate the bootstrap's log", '/etc/logrotate.d/intent-fleet', 'intent-fleet.logrotate'],
  ['Restart nginx when it fails', '/etc/systemd/system/nginx.service.d/intent-fleet.conf', 'nginx.service.conf'],
  ['Run logrotate hourly', '/etc/systemd/system/logrotate.timer.d/intent-fleet.conf', 'logrotate.timer.conf'],
  ["Limit the journal's size and rate", '/etc/systemd/journald.conf.d/intent-fleet.conf', 'journald.conf'],
  ["Write the node exporter's options", '/etc/default/prometheus-node-exporter', 'node-exporter'],
  ["Write the nginx exporter's options", '/etc/default/prometheus-nginx-exporter', 'nginx-exporter'],
  [
    'Restrict the node exporter',
    '/etc/systemd/system/prometheus-node-exporter.service.d/intent-fleet.conf',
    'exporter.conf',
  ],
  [
    'Restrict the nginx exporter',
    '/etc/systemd/system/prometheus-nginx-exporter.service.d/intent-fleet.conf',
    'exporter.conf',
  ],
  ["Write the log shipper's unit", '/etc/systemd/system/intent-fleet-logs.service', 'intent-fleet-logs.service'],
] as const;

for (const [name, path, file] of rendered) {
  test(`writes ${path}`, async (t) => {
    const machine = await testMachine(t);
    await machine.apply(taskNamed(name));
    t.is(await readFile(machine.at(path), 'utf8'), await expected(file));
  });
}

/** Runs a task of a play with some variables; returns the lines that it adds to the expected file. */
async function linesAdded(
  machine: TestMachine,
  name: string,
  some: Partial<VariablesInput>,
  [path, file]: readonly [path: string, file: string],
): Promise<string[]> {
  await machine.apply(taskNamed(name, some));
  const without = new Set((await expected(file)).split('\n'));
  return (await readFile(machine.at(path), 'utf8')).split('\n').filter((line) => !without.has(line));
}

const environmentFile = ['/etc/intent-fleet/service.env', 'service.env'] as const;

test('where the fleet scales by memory, the log shipper learns where it counts', async (t) => {
  const endpoint = 'https://monitoring.eu-central-1.amazonaws.com';
  const machine = await testMachine(t);
  const unit = ['/etc/systemd/system/intent-fleet-logs.service', 'intent-fleet-logs.service'] as const;
  t.deepEqual(await linesAdded(machine, "Write the log shipper's unit", { memory: { endpoint } }, unit), [
    '# The fleet scales by the memory that its machines use.',
    `Environment=MEMORY_ENDPOINT=${endpoint}`,
    'Environment=MEMORY_GROUP=intent-fleet',
  ]);
});

test('over plain HTTP the service has no certificate', async (t) => {
  const machine = await testMachine(t);
  const http = { service: { scheme: 'http', workers: 1 } } as const;
  await machine.apply(taskNamed("Write the service's environment", http));
  await machine.apply(taskNamed("Write nginx's configuration", http));
  t.is(await readFile(machine.at('/etc/intent-fleet/service.env'), 'utf8'), await expected('service.http.env'));
  t.is(await readFile(machine.at('/etc/nginx/nginx.conf'), 'utf8'), await expected('nginx.http.conf'));
  t.false(taskNamed("Make the service's certificate", http).when?.(facts));
});

test('workers of a stage that says so show texts of their model', async (t) => {
  const machine = await testMachine(t);
  await machine.apply(taskNamed("Write the service's environment", { service: { samples: true } }));
  const environment = await expected('service.env');
  t.is(
    await readFile(machine.at('/etc/intent-fleet/service.env'), 'utf8'),
    environment.replace('SAMPLES=no', 'SAMPLES=yes'),
  );
});

test('where API keys are asked for, workers learn which there are from what reads them', async (t) => {
  const machine = await testMachine(t);
  t.deepEqual(await linesAdded(machine, "Write the service's environment", { apiKeys }, environmentFile), [
    'API_KEYS=/var/lib/intent-fleet-keys/keys.json',
  ]);
  await machine.apply(taskNamed("Write the key reader's unit", { apiKeys }));
  const unit = '/etc/systemd/system/intent-fleet-keys.service';
  t.is(await readFile(machine.at(unit), 'utf8'), await expected('intent-fleet-keys.service'));
  t.regex(machine.commands.at(-1) ?? '', /^systemd-analyze verify .*\/intent-fleet-keys\.service$/);
});

test('where feedback is taken, workers identify predictions and may write into one folder', async (t) => {
  const machine = await testMachine(t);
  t.deepEqual(await linesAdded(machine, "Write the service's environment", { feedback }, environmentFile), [
    'PREDICTION_KEY=/var/lib/intent-fleet-feedback/prediction-key',
    'FEEDBACK_FOLDER=/var/lib/intent-fleet-feedback/spool',
    'FEEDBACK_TEXTS=no',
    'FEEDBACK_DAYS=30',
    'RELEASE=0123456789abcdef',
  ]);
  const workers = ['/etc/systemd/system/intent-fleet@.service', 'intent-fleet@.service'] as const;
  t.deepEqual(await linesAdded(machine, "Write the service's unit", { feedback }, workers), [
    '# A worker writes only its log, which goes to the journal, and feedback.',
    'ReadWritePaths=/var/lib/intent-fleet-feedback/spool',
  ]);
  await machine.apply(taskNamed("Write the feedback store's unit", { feedback }));
  const unit = '/etc/systemd/system/intent-fleet-feedback.service';
  t.is(await readFile(machine.at(unit), 'utf8'), await expected('intent-fleet-feedback.service'));
});

test('where a shadow may run, workers copy to its socket, and what fetches it alone reaches AWS', async (t) => {
  const machine = await testMachine(t);
  t.deepEqual(await linesAdded(machine, "Write the service's environment", { shadow }, environmentFile), [
    '# Nobody listens there while no shadow runs.',
    'SHADOW_SOCKET=/run/intent-fleet-shadow/copies.sock',
    'SHADOW_PERCENT=50',
  ]);
  const files = [
    ["Limit the shadow's processor time and memory", 'shadow.slice'],
    ["Write the shadow fetcher's unit", 'intent-fleet-shadow-fetch.service'],
    ["Write the shadow's unit", 'intent-fleet-shadow.service'],
  ] as const;
  for (const [name, file] of files) {
    await machine.apply(taskNamed(name, { shadow }));
    t.is(await readFile(machine.at(`/etc/systemd/system/${file}`), 'utf8'), await expected(file));
    t.regex(machine.commands.at(-1) ?? '', new RegExp(`^systemd-analyze verify .*/${file}$`));
  }
});

test('configurations are validated before they replace those in use', async (t) => {
  const machine = await testMachine(t);
  for (const [name] of rendered.slice(1, 5)) await machine.apply(taskNamed(name));
  t.deepEqual(
    machine.commands.map((line) => line.replace(/candidate-\w+/, 'candidate')),
    [
      'systemd-analyze verify --man=no --recursive-errors=no /etc/systemd/system/.candidate/intent-fleet@.service',
      'nginx -t -q -c /etc/nginx/.candidate/nginx.conf',
      'logrotate --debug /etc/logrotate.d/.candidate/nginx',
      'logrotate --debug /etc/logrotate.d/.candidate/intent-fleet',
    ],
  );
});

test("the release's files are verified in its folder", async (t) => {
  const machine = await testMachine(t);
  await machine.apply(taskNamed("Verify the release's checksums"));
  t.deepEqual(machine.commands, ['sha256sum --check --strict --quiet -']);
  const input = `${'a'.repeat(64)}  bin/node\n${'b'.repeat(64)}  app/b\n`;
  t.deepEqual(machine.options, [{ input, directory: release.folder }]);
});

test('the machine refuses traffic as soon as another release was verified on it', async (t) => {
  const machine = await testMachine(t);
  const task = taskNamed('Refuse traffic until this release is verified');
  const verified = (id: string) => `/var/lib/intent-fleet/serving/${id}`;
  for (const id of [release.id, 'fedcba9876543210']) await machine.files.write(verified(id), '', 0o644);
  machine.answers.set('find', { status: 0, output: `${release.id}\nfedcba9876543210` });
  t.is(await machine.apply(task), `${verified('fedcba9876543210')} -> none`);
  t.is(await machine.files.read(verified(release.id)), '');
});

test('a certificate for loopback is made when the present one expires soon', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('openssl x509', { status: 1, output: '' });
  await machine.apply(taskNamed("Make the proxy's certificate"));
  t.deepEqual(machine.commands, [
    'openssl x509 -in /etc/intent-fleet/tls/proxy.crt -noout -checkend 2592000',
    'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes ' +
      '-keyout /etc/intent-fleet/tls/proxy.key -subj /CN=localhost ' +
      '-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -days 3650 -out /etc/intent-fleet/tls/proxy.crt',
  ]);
});

test('workers and proxy are verified by their own certificates', async (t) => {
  const machine = await testMachine(t);
  const names = ['Wait until the worker on port 8081 is ready', 'Wait until a worker answers through nginx'];
  for (const name of names) await machine.apply(taskNamed(name));
  await (
    await taskNamed('Wait until the worker on port 8081 is ready', { service: { scheme: 'http' } }).plan(machine, facts)
  )?.apply();
  const curl = 'curl --silent --show-error --fail-with-body --max-time 5';
  t.deepEqual(machine.commands, [
    `${curl} --cacert /etc/intent-fleet/tls/service.crt https://127.0.0.1:8081/ready`,
    `${curl} --cacert /etc/intent-fleet/tls/proxy.crt https://127.0.0.1/ready`,
    `${curl} http://127.0.0.1:8081/ready`,
  ]);
});

test('a distribution or an architecture that is not supported stops the run', async (t) => {
  const machine = await testMachine(t);
  const failure = (name: string, changed: Partial<Facts>) =>
    taskNamed(name)
      .plan(machine, { ...facts, ...changed })
      .then(
        () => undefined,
        (error: Error) => error.message,
      );
  const distribution = (changed: Partial<Facts>) => failure('Check the distribution', changed);
  t.is(await distribution({}), undefined);
  for (const distributionVersion of ['13', '']) t.is(await distribution({ distributionVersion }), undefined);
  const expectation = 'distribution: expected Debian 12 or newer, got';
  const remedy = 'change fleet.image in the stage';
  t.is(await distribution({ distributionVersion: '11' }), `${expectation} debian 11; ${remedy}`);
  t.is(
    await distribution({ distribution: 'ubuntu', distributionVersion: '24.04' }),
    `${expectation} ubuntu 24.04; ${remedy}`,
  );
  t.is(await distribution({ distribution: '', distributionVersion: '' }), `${expectation} no os-release; ${remedy}`);
  t.is(await failure('Check the architecture', {}), undefined);
  t.is(
    await failure('Check the architecture', { architecture: 'aarch64' }),
    'architecture: expected x86_64, got aarch64; change fleet.instanceType and fleet.image in the stage',
  );
});
