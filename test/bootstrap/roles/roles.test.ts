import { mkdir, readFile } from 'node:fs/promises';
import anyTest, { type TestFn } from 'ava';
import { roles } from '../../../bootstrap/roles/index.ts';
import { flushHandlers, type Task } from '../../../bootstrap/tasks/task.ts';
import { parseVariables, type VariablesInput } from '../../../bootstrap/variables.ts';
import { expected } from '../expected.ts';
import { type TestMachine, testMachine } from '../machine.ts';

const test = anyTest as TestFn<{ machine: TestMachine }>;

test.beforeEach(async (t) => {
  t.context.machine = await testMachine();
});

test.afterEach.always((t) => t.context.machine.remove());

const release = {
  id: '0123456789abcdef',
  folder: '/opt/intent-fleet/releases/0123456789abcdef',
  manifest: { format: 1, node: '24.0.0', model: 'm', files: { 'bin/node': 'a'.repeat(64), 'app/b': 'b'.repeat(64) } },
} as const;

function play(service: VariablesInput['service'] = {}) {
  const variables = { service, network: { cidr: '10.20.0.0/16' }, fleet: { name: 'intent-fleet' } };
  return roles(release, parseVariables(variables));
}

function taskNamed(name: string, service?: VariablesInput['service']): Task {
  const all = play(service).flatMap(({ tasks, handlers = [] }) => [...tasks, ...handlers]);
  const found = all.find((task) => typeof task !== 'symbol' && task.name === name);
  if (found === undefined) throw new Error(`no task ${name}`);
  return found as Task;
}

test('happens in this order', (t) => {
  const lines = play().flatMap(({ name, tasks, handlers = [] }) => [
    ...tasks.map((task) =>
      task === flushHandlers ? `${name}: flush` : `${name}: ${task.kind}: ${(task as Task).name}`,
    ),
    ...handlers.map((handler) => `${name}: handler: ${handler.name}`),
  ]);
  t.deepEqual(lines, [
    'release: command: Compare every file of the release with its checksum',
    'release: symlink: Point to the current release',
    'logs: package: Install what rotates logs',
    'logs: directory: Make the folder of the logs',
    'logs: template: Rotate the log of the bootstrap',
    'logs: file: Look every hour whether a log is due',
    'logs: file: Bound the journal',
    'logs: handler: Restart the journal',
    'service: package: Install what makes certificates',
    'service: user: Add the user of the service',
    'service: directory: Make the folder of the configuration',
    'service: directory: Make the folder of the certificates',
    "service: command: Make the service's certificate",
    "service: file: Keep the service's key to intent-fleet",
    "service: file: Let everybody read the service's certificate",
    "service: template: Write the service's environment",
    "service: template: Write the service's unit",
    'service: flush',
    'service: unit: Stop the workers that are too many',
    'service: unit: Start the workers',
    'service: wait: Wait until the worker on port 8081 is ready',
    'service: wait: Wait until the worker on port 8082 is ready',
    'service: handler: Reload systemd',
    'service: handler: Restart the workers',
    'proxy: package: Install nginx',
    "proxy: command: Make the proxy's certificate",
    "proxy: file: Keep the proxy's key to root",
    "proxy: file: Let everybody read the proxy's certificate",
    'proxy: file: Have systemd bring nginx back when it dies',
    "proxy: template: Write nginx's configuration",
    "proxy: template: Rotate nginx's logs",
    'proxy: flush',
    'proxy: unit: Start nginx',
    'proxy: wait: Wait until the machine is healthy',
    'proxy: handler: Reload nginx',
  ]);
});

test('every notified handler exists', (t) => {
  const known = play().flatMap(({ handlers = [] }) => handlers.map(({ name }) => name));
  const notified = play().flatMap(({ tasks }) => tasks.flatMap((task) => (task as Task).notify ?? []));
  t.deepEqual([...new Set(notified)].sort(), known.sort());
});

const rendered = [
  ["Write the service's environment", '/etc/intent-fleet/service.env', 'service.env'],
  ["Write the service's unit", '/etc/systemd/system/intent-fleet@.service', 'intent-fleet@.service'],
  ["Write nginx's configuration", '/etc/nginx/nginx.conf', 'nginx.conf'],
  ["Rotate nginx's logs", '/etc/logrotate.d/nginx', 'nginx.logrotate'],
  ['Rotate the log of the bootstrap', '/etc/logrotate.d/intent-fleet', 'intent-fleet.logrotate'],
  [
    'Have systemd bring nginx back when it dies',
    '/etc/systemd/system/nginx.service.d/intent-fleet.conf',
    'nginx.service.conf',
  ],
  [
    'Look every hour whether a log is due',
    '/etc/systemd/system/logrotate.timer.d/intent-fleet.conf',
    'logrotate.timer.conf',
  ],
  ['Bound the journal', '/etc/systemd/journald.conf.d/intent-fleet.conf', 'journald.conf'],
] as const;

for (const [name, path, file] of rendered) {
  test(`writes ${path}`, async (t) => {
    const { machine } = t.context;
    await (await taskNamed(name).plan(machine))?.apply();
    t.is(await readFile(machine.path(path), 'utf8'), await expected(file));
  });
}

test('over plain HTTP there is no certificate of the service anywhere', async (t) => {
  const { machine } = t.context;
  const http = { scheme: 'http', workers: 1 } as const;
  await (await taskNamed("Write the service's environment", http).plan(machine))?.apply();
  await (await taskNamed("Write nginx's configuration", http).plan(machine))?.apply();
  t.is(await readFile(machine.path('/etc/intent-fleet/service.env'), 'utf8'), await expected('service.http.env'));
  t.is(await readFile(machine.path('/etc/nginx/nginx.conf'), 'utf8'), await expected('nginx.http.conf'));
  t.throws(() => taskNamed("Make the service's certificate", http));
});

test('what replaces something that runs is judged first', async (t) => {
  const { machine } = t.context;
  for (const [name] of rendered.slice(1, 5)) await (await taskNamed(name).plan(machine))?.apply();
  t.deepEqual(
    machine.commands.map((line) => line.replace(machine.root, '').replace(/candidate-\w+/, 'candidate')),
    [
      'systemd-analyze verify --man=no --recursive-errors=no /etc/systemd/system/.candidate/intent-fleet@.service',
      'nginx -t -q -c /etc/nginx/.candidate/nginx.conf',
      'logrotate --debug /etc/logrotate.d/.candidate/nginx',
      'logrotate --debug /etc/logrotate.d/.candidate/intent-fleet',
    ],
  );
});

test('the checksums of the release are compared where it lies', async (t) => {
  const { machine } = t.context;
  await (await taskNamed('Compare every file of the release with its checksum').plan(machine))?.apply();
  t.deepEqual(machine.commands, ['sha256sum --check --strict --quiet -']);
  const input = `${'a'.repeat(64)}  bin/node\n${'b'.repeat(64)}  app/b\n`;
  t.deepEqual(machine.options, [{ input, directory: release.folder }]);
});

test('certificates are made for loopback when there is none that lasts', async (t) => {
  const { machine } = t.context;
  await mkdir(machine.path('/etc/intent-fleet/tls'), { recursive: true });
  machine.answers.set('openssl x509', { status: 1, output: '' });
  await (await taskNamed("Make the proxy's certificate").plan(machine))?.apply();
  t.deepEqual(machine.commands, [
    'openssl x509 -in /etc/intent-fleet/tls/proxy.crt -noout -checkend 2592000',
    'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 3650 -subj /CN=localhost ' +
      '-addext subjectAltName=DNS:localhost,IP:127.0.0.1 ' +
      '-keyout /etc/intent-fleet/tls/proxy.key -out /etc/intent-fleet/tls/proxy.crt',
  ]);
});

test('workers and machine are asked with the certificate that each made', async (t) => {
  const { machine } = t.context;
  const names = ['Wait until the worker on port 8081 is ready', 'Wait until the machine is healthy'];
  for (const name of names) await (await taskNamed(name).plan(machine))?.apply();
  await (await taskNamed('Wait until the worker on port 8081 is ready', { scheme: 'http' }).plan(machine))?.apply();
  const curl = 'curl --silent --show-error --fail-with-body --max-time 5';
  t.deepEqual(machine.commands, [
    `${curl} --cacert /etc/intent-fleet/tls/service.crt https://127.0.0.1:8081/ready`,
    `${curl} --cacert /etc/intent-fleet/tls/proxy.crt https://127.0.0.1/health`,
    `${curl} http://127.0.0.1:8081/ready`,
  ]);
});
