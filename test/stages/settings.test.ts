import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { parseDocument } from 'yaml';
import type { DeploymentSettings } from '../../deployments/strategies/settings.ts';
import { parseSettings } from '../../stages/load.ts';

const stages = join(import.meta.dirname, '../../stages');
const rehearsal = parseDocument(readFileSync(join(stages, 'rehearsal.yaml'), 'utf8'));

/** Returns the shipped rehearsal with other values at some paths; undefined removes the key. */
function withValues(values: Record<string, unknown>): string {
  const document = rehearsal.clone();
  for (const [path, value] of Object.entries(values)) {
    if (value === undefined) document.deleteIn(path.split('.'));
    else document.setIn(path.split('.'), document.createNode(value));
  }
  return document.toString();
}

const arn = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b';
const named = { from: 'arn', arn };
const onAws = { cloud: 'aws', 'balancer.certificate': named };
const forDomain = { from: 'domain', domain: 'intents.example.com', zone: 'Z0123456789' };
const onDomain = { cloud: 'aws', 'balancer.certificate': forDomain };

test('a stage without fleet.minReadySeconds gets 10 s', (t) => {
  t.is(parseSettings(withValues({ 'fleet.minReadySeconds': undefined }), 's').fleet.minReadySeconds, 10);
});

test('a stage of an earlier version has no schedules, no monitoring machine and the alarms of the shipped one', (t) => {
  const missing = { 'fleet.schedules': undefined, alarms: undefined, monitoring: undefined };
  const { fleet, alarms, monitoring } = parseSettings(withValues(missing), 's');
  t.false(monitoring.enabled);
  t.deepEqual(fleet.schedules, []);
  t.deepEqual(alarms, { errorPercent: 5, p90Milliseconds: 500, emails: [] });
});

test('a stage of an earlier version rolls one machine at a time; both shipped ones bake as long as their alarms need', (t) => {
  const rolling: Omit<DeploymentSettings, 'bakeSeconds'> = {
    ...{ strategy: 'rolling', surge: 1, keep: 'none' },
    steps: [5, 25, 50, 100].map((percent) => ({ percent, pause: false })),
    ...{ percent: 50, stepTimeoutSeconds: 600, keepRevisions: 3 },
  };
  const deploymentOf = (yaml: string) => parseSettings(yaml, 's').deployment;
  t.deepEqual(deploymentOf(withValues({ deployment: undefined })), { ...rolling, bakeSeconds: 300 });
  t.deepEqual(deploymentOf(withValues({})), { ...rolling, bakeSeconds: 30 });
  const production = parseDocument(readFileSync(join(stages, 'production.yaml'), 'utf8')).toJS().deployment;
  t.deepEqual(deploymentOf(withValues({ deployment: production })), { ...rolling, bakeSeconds: 300 });
});

test('a shadow needs machines that can run one', (t) => {
  const shadow = { 'deployment.strategy': 'shadow' };
  t.is(parseSettings(withValues(shadow), 's').deployment.strategy, 'shadow');
  t.is(
    firstProblem({ ...shadow, 'service.shadow.enabled': false }),
    'deployment.strategy: expected another strategy, because service.shadow.enabled is false, got "shadow"',
  );
});

test('texts of the model are shown where a stage says so, and otherwise not', (t) => {
  t.false(parseSettings(withValues({ 'service.samples': undefined }), 's').service.samples);
  t.true(parseSettings(withValues({ 'service.samples': true }), 's').service.samples);
  t.is(firstProblem({ 'service.samples': 'yes' }), 'service.samples: expected a boolean, got "yes"');
});

test('every request has a log line where a stage does not say otherwise', (t) => {
  t.is(parseSettings(withValues({ logs: undefined }), 's').logs.requestPercent, 100);
});

test('log lines are kept for 30 days where a stage does not say, otherwise for a number that CloudWatch takes', (t) => {
  t.is(parseSettings(withValues({ logs: undefined }), 's').logs.retentionDays, 30);
  const known = [
    ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
    ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
  ];
  for (const days of known) t.is(firstProblem({ 'logs.retentionDays': days }), undefined);
  for (const days of [0, 2, 10, 3654])
    t.is(
      firstProblem({ 'logs.retentionDays': days }),
      `logs.retentionDays: expected one of ${known.join(', ')}, got ${days}`,
    );
});

test('versions of models are in a folder, in a bucket, or on an MLflow server', (t) => {
  const places = [
    'models',
    '/srv/models',
    's3://our-models/intents',
    'http://127.0.0.1:5000',
    'https://host/ana/intents.mlflow/',
  ];
  for (const place of places) t.is(firstProblem({ registry: place }), undefined, place);
  for (const place of ['https://', 'https://host/?a', 'https://host/#a', 'ftp://host', 'S3://bucket', ''])
    t.is(
      firstProblem({ registry: place }),
      `registry: expected a folder, s3://bucket/prefix, or the address of an MLflow server, got "${place}"`,
    );
});

test('accepts a named certificate, one for a domain, and no settings of the model', (t) => {
  for (const values of [onAws, onDomain, { model: undefined }]) t.is(firstProblem(values), undefined);
});

/** The least and the greatest number that a setting takes, and what else has to be set for it. */
const numbers: [path: string, least: number, greatest: number, others?: Record<string, unknown>][] = [
  ['balancer.idleTimeoutSeconds', 1, 4000],
  ['balancer.drainSeconds', 0, 3600],
  ['balancer.healthCheck.intervalSeconds', 5, 300],
  ['balancer.healthCheck.timeoutSeconds', 2, 120, { 'balancer.healthCheck.intervalSeconds': 300 }],
  ['balancer.healthCheck.healthyThreshold', 2, 10],
  ['balancer.healthCheck.unhealthyThreshold', 2, 10],
  ['fleet.diskGigabytes', 8, 1000],
  ['fleet.size.min', 1, 100, { 'fleet.size.desired': 100, 'fleet.size.max': 100 }],
  ['fleet.size.desired', 1, 100, { 'fleet.size.min': 1, 'fleet.size.max': 100 }],
  ['fleet.size.max', 1, 100, { 'fleet.size.min': 1, 'fleet.size.desired': 1 }],
  ['fleet.cpuTargetPercent', 10, 95],
  ['fleet.memoryTargetPercent', 10, 95],
  ['fleet.requestsPerMachine', 1, 10_000_000],
  ['deployment.surge', 1, 100],
  ['deployment.bakeSeconds', 0, 86_400],
  ['deployment.stepTimeoutSeconds', 60, 7200],
  ['deployment.keepRevisions', 1, 20],
  ['alarms.errorPercent', 0, 100],
  ['alarms.p90Milliseconds', 1, 60_000],
  ['monitoring.diskGigabytes', 8, 1000],
  ['monitoring.scrapeSeconds', 1, 30],
  ['monitoring.retentionDays', 1, 3650],
  ['fleet.healthCheckGraceSeconds', 0, 7200, { 'fleet.minReadySeconds': 0 }],
  ['fleet.minReadySeconds', 0, 600, { 'fleet.healthCheckGraceSeconds': 600 }],
  ['service.workers', 1, 64],
  ['service.rateLimit.requests', 0, 1_000_000_000],
  ['service.rateLimit.windowSeconds', 1, 86_400],
  ['proxy.rateLimit.requestsPerSecond', 1, 100_000],
  ['proxy.rateLimit.burst', 0, 100_000],
  ['proxy.maxBodyKilobytes', 1, 10_240],
  ['logs.requestPercent', 1, 100],
];

for (const [path, least, greatest, others] of numbers) {
  test(`${path}: ${least} and ${greatest} are accepted, one beyond is refused`, (t) => {
    const problem = (value: number) => firstProblem({ ...others, [path]: value });
    t.is(problem(least), undefined);
    t.is(problem(greatest), undefined);
    t.is(problem(least - 1), `${path}: expected at least ${least}, got ${least - 1}`);
    t.is(problem(greatest + 1), `${path}: expected at most ${greatest}, got ${greatest + 1}`);
  });
}

/** The first problem that a stage of these values is refused for. */
function firstProblem(values: Record<string, unknown>): string | undefined {
  try {
    parseSettings(withValues(values), 's');
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0]?.replace(/^s(?::\d+)?: /, '');
  }
}

const region = 'an AWS region such as eu-central-1';
const bucket = "an S3 bucket's name";
const account = 'an account id of 12 digits, in quotes';
const reserved = 'a name that AWS does not reserve for itself (internal, sg, sthree, xn--)';
const tagCharacters = 'letters, digits, spaces and _ . : / = + - @';
const hostName = 'a host name such as intents.example.com';
const zone = "a Route 53 hosted zone's id, such as Z0123456789ABCDEFGHIJ";
const name = 'at most 20 lower-case letters, digits and hyphens, a letter first';
const instanceType = 'an EC2 instance type such as t3.small';
const network = 'a private IPv4 network of /16 to /24, such as 10.20.0.0/16';
const aligned = 'an IPv4 network with no address bits after its prefix, such as 10.20.0.0/16';

const inBucket = { ...onAws, state: { backend: 's3', bucket: '', region: 'eu-central-1' } };

function domainOf(length: number): string {
  return `${`${'a'.repeat(49)}.`.repeat(5).slice(0, length - 4)}.com`;
}

/** The texts at the bounds of what a setting takes, those beyond, and what else has to be set for it. */
const texts: [path: string, expected: string, good: string[], bad: string[], others?: Record<string, unknown>][] = [
  ['name', name, ['a', `a${'-'.repeat(18)}9`], ['Fleet', '1a', 'a-', 'a'.repeat(21)]],
  ['name', reserved, ['internals', 'sga', 'xn-a'], ['internal', 'internal-a', 'sg-a', 'sthree', 'xn--a']],
  ['account', account, ['123456789012'], ['prod', '1'.repeat(11), '1'.repeat(13)], onAws],
  [
    'permissionsBoundary',
    "an IAM policy's ARN",
    ['arn:aws:iam::123456789012:policy/machines', 'arn:aws-cn:iam::aws:policy/team/machines+1'],
    ['machines', 'arn:aws:iam::123456789012:role/machines', 'arn:aws:iam::1:policy/machines'],
  ],
  ['account', 'none (the emulated cloud has an account of its own)', [], ['123456789012']],
  ['tags.n', tagCharacters, ['Größe: 3 @ a/b=c+d-e_f.g'], ['a#b', 'a"b', 'a\nb']],
  ['region', region, ['us-gov-west-1'], ['europe', 'eu-central-12']],
  ['tags.n', 'at most 256 characters', ['', 'v'.repeat(256)], ['v'.repeat(257)]],
  ['balancer.accessLogs.bucket', bucket, ['a.1', 'b'.repeat(63)], ['B', 'ab', 'b'.repeat(64)], onAws],
  ['state.bucket', bucket, ['a.1', 'b'.repeat(63)], ['B', 'ab', 'b'.repeat(64)], inBucket],
  [
    'network.cidr',
    network,
    ['10.0.0.0/16', '10.255.0.0/16', '172.16.0.0/16', '172.31.0.0/16', '192.168.0.0/16', '192.168.255.0/24'],
    ['9.0.0.0/16', '11.0.0.0/16', '172.15.0.0/16', '172.32.0.0/16', '192.169.0.0/16', '10.0.0.0/15', '10.0.0.0/25'],
  ],
  ['network.cidr', network, [], ['10.256.0.0/16', '10.020.0.0/16', '10.20.0/16', '10.20.0.0', '10.20.0.0/x', '']],
  ['network.cidr', aligned, ['10.20.2.0/23'], ['10.20.1.0/16', '10.20.1.0/23']],
  [
    'balancer.certificate.domain',
    hostName,
    ['a.de', `${'a'.repeat(63)}.${'b'.repeat(63)}`, domainOf(253)],
    ['Intents', 'a.b', `${'a'.repeat(64)}.com`, `a.${'b'.repeat(64)}`, domainOf(254)],
    onDomain,
  ],
  ['balancer.certificate.zone', zone, ['Z0', `Z${'A'.repeat(32)}`], ['Z', `Z${'A'.repeat(33)}`, '/zone/Z1'], onDomain],
  ['fleet.instanceType', instanceType, ['u-6tb1.metal'], ['t3 small', 't3']],
  ['fleet.image.owner', account, [], ['debian', '1'.repeat(11), '1'.repeat(13)]],
  ['fleet.image.name', 'at least 1 character', ['d'], ['']],
];

for (const [path, expected, good, bad, others] of texts) {
  test(`${path}: expected ${expected}, such as ${good[0]}, not ${bad[0]}`, (t) => {
    const problem = (text: string) => firstProblem({ ...others, [path]: text });
    for (const text of good) t.is(problem(text), undefined);
    for (const text of bad) t.is(problem(text), `${path}: expected ${expected}, got ${JSON.stringify(text)}`);
  });
}

test('access logs are refused in the rehearsal', (t) => {
  t.is(
    firstProblem({ 'balancer.accessLogs': { bucket: 'logs' } }),
    'balancer.accessLogs: expected none (the emulated cloud\'s balancer keeps no log), got {"bucket":"logs"}',
  );
});

test("a tag's key has at most 128 characters and does not begin with aws:", (t) => {
  const expected = "a key that is at most 128 characters that don't begin with aws:";
  for (const key of ['a', 'k'.repeat(128), 'cost:centre']) t.is(firstProblem({ tags: { [key]: '' } }), undefined);
  for (const key of ['aws:n', '', 'k'.repeat(129)]) {
    t.is(firstProblem({ tags: { [key]: 'v' } }), `tags.${key}: expected ${expected}, got "v"`);
  }
});

test('the tags that every stage sets itself are refused, as are more than AWS allows', (t) => {
  const expected = 'a key that is none of Name, Project, Stage, ManagedBy, Release, which every stage sets itself';
  for (const key of ['Name', 'Project', 'Stage', 'ManagedBy', 'Release']) {
    t.is(firstProblem({ tags: { [key]: 'v' } }), `tags.${key}: expected ${expected}, got "v"`);
  }
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, '']));
  t.is(firstProblem({ tags: tags(45) }), undefined);
  t.regex(firstProblem({ tags: tags(46) }) ?? '', /^tags: expected at most 45 tags, got /);
});

const from = 'balancer.certificate.from: expected';
const elsewhere = arn.replace('eu-central-1', 'us-east-1');

const refused: [values: Record<string, unknown>, ...problems: string[]][] = [
  [{ nmae: 'x' }, 'nmae: unknown key; did you mean name?'],
  [{ 'fleet.size.mni': 1 }, 'fleet.size.mni: unknown key'],
  [{ 'balancer.certificate.arn': arn }, 'balancer.certificate.arn: unknown key'],
  [{ cloud: undefined }, "cloud: expected 'rehearsal' or 'aws', got nothing"],
  [{ cloud: 'gcp' }, `cloud: expected 'rehearsal' or 'aws', got "gcp"`],
  [{ fleet: undefined }, 'fleet: expected a mapping, got nothing'],
  [{ network: ['10.20.0.0/16'] }, 'network: expected a mapping, got ["10.20.0.0/16"]'],
  [{ tags: { n: 1 } }, 'tags.n: expected a string, got 1'],
  [{ state: { backend: 'ftp' } }, `state.backend: expected 'local' or 's3', got "ftp"`],
  [{ state: { backend: 'local', bucket: 'b' } }, 'state.bucket: unknown key'],
  [
    { state: { backend: 's3', bucket: 'B', region: 'x' } },
    `state.bucket: expected an S3 bucket's name, got "B"`,
    'state.region: expected an AWS region such as eu-central-1, got "x"',
    `state.backend: expected 'local' (the emulated cloud forgets its buckets), got "s3"`,
  ],
  [{ 'balancer.certificate': { from: 'nowhere' } }, `${from} 'rehearsal' or 'arn' or 'domain', got "nowhere"`],
  [{ 'balancer.certificate': {} }, `${from} 'rehearsal' or 'arn' or 'domain', got nothing`],
  [{ cloud: 'aws' }, `${from} 'arn' or 'domain' (only the rehearsal makes its own certificate), got "rehearsal"`],
  [{ 'balancer.certificate': named }, `${from} 'rehearsal' (the emulated cloud issues no certificates), got "arn"`],
  [
    { cloud: 'aws', 'balancer.certificate': { ...named, arn: elsewhere } },
    `balancer.certificate.arn: expected a certificate in eu-central-1, got "${elsewhere}"`,
  ],
  [
    { 'balancer.healthCheck.timeoutSeconds': 5 },
    'balancer.healthCheck.timeoutSeconds: expected less than balancer.healthCheck.intervalSeconds (5), got 5',
  ],
  [{ 'fleet.image.owner': 136_693_071_363 }, 'fleet.image.owner: expected a string, got 136693071363'],
  [{ 'fleet.size.min': 1.5 }, 'fleet.size.min: expected a whole number, got 1.5'],
  [{ 'fleet.size.max': '4' }, 'fleet.size.max: expected a number, got "4"'],
  [{ 'fleet.size.desired': 1 }, 'fleet.size.desired: expected at least fleet.size.min (2), got 1'],
  [{ 'fleet.size.desired': 5 }, 'fleet.size.max: expected at least fleet.size.desired (5), got 4'],
  [
    { 'fleet.size': { min: 3, desired: 2, max: 1 } },
    'fleet.size.desired: expected at least fleet.size.min (3), got 2',
    'fleet.size.max: expected at least fleet.size.desired (2), got 1',
  ],
  [
    { 'fleet.healthCheckGraceSeconds': 9, 'fleet.minReadySeconds': undefined },
    'fleet.healthCheckGraceSeconds: expected at least fleet.minReadySeconds (10), got 9',
  ],
  [
    { 'fleet.schedules': [{ name: 'Evening', cron: '0 20 * *', timeZone: 'Berlin', min: 3 }] },
    'fleet.schedules.0.name: expected lower-case letters, digits and hyphens, a letter first, got "Evening"',
    'fleet.schedules.0.cron: expected five fields as in a crontab, such as 0 20 * * *, got "0 20 * *"',
    'fleet.schedules.0.timeZone: expected a time zone such as Europe/Berlin, got "Berlin"',
  ],
  [
    { 'fleet.schedules': [{ name: 'evening', cron: '0 20 * * *' }] },
    'fleet.schedules.0: expected min, max or desired, got {"name":"evening","cron":"0 20 * * *"}',
  ],
  [
    { 'fleet.schedules': [{ name: 'evening', cron: '0 20 * * *', timeZone: 'Europe/Berlin', min: 3, desired: 2 }] },
    'fleet.schedules.0: expected min <= desired <= max, got {"name":"evening","cron":"0 20 * * *","timeZone":"Europe/Berlin","min":3,"desired":2}',
  ],
  [
    { 'fleet.schedules': ['0 20 * * *', '0 3 * * *'].map((cron) => ({ name: 'a', cron, min: 1 })) },
    'fleet.schedules.1.name: expected a name that no other schedule has, got "a"',
  ],
  [
    { deployment: { strategy: 'big-bang', steps: [5, 50], speed: 1 } },
    `deployment.strategy: expected 'recreate' or 'rolling' or 'blue-green' or 'canary' or 'ab' or 'shadow', got "big-bang"`,
    'deployment.steps.1: expected 100 as the last step, got 50',
    'deployment.speed: unknown key',
  ],
  [{ 'alarms.emails': ['nobody'] }, 'alarms.emails.0: expected an e-mail address, got "nobody"'],
  [
    { 'monitoring.allow': ['203.0.113.7', '203.0.113.7/24', 'everybody', '0.0.0.0/0'] },
    'monitoring.allow.0: expected an IPv4 network with the length of its prefix, such as 203.0.113.7/32, got "203.0.113.7"',
    'monitoring.allow.1: expected an IPv4 network with no address bits after its prefix, such as 203.0.113.0/24, got "203.0.113.7/24"',
    'monitoring.allow.2: expected an IPv4 network with the length of its prefix, such as 203.0.113.7/32, got "everybody"',
  ],
  [
    { 'monitoring.alertmanager': 'https://alerts.example.com' },
    'monitoring.alertmanager: expected an address such as alerts.example.com:9093, got "https://alerts.example.com"',
  ],
  [
    { 'monitoring.alertmanager': 'alerts.example.com:90930' },
    'monitoring.alertmanager: expected a port from 1 to 65535, got "alerts.example.com:90930"',
  ],
  [
    { 'monitoring.remoteWrite': { url: "https://aps.example.com/'", region: 'eu-west-1' } },
    `monitoring.remoteWrite.url: expected an address without characters to escape, got "https://aps.example.com/'"`,
  ],
  [
    { 'monitoring.remoteWrite': { url: 'http://aps.example.com', region: 'here' } },
    'monitoring.remoteWrite.url: expected an address that begins with https://, got "http://aps.example.com"',
    'monitoring.remoteWrite.region: expected an AWS region such as eu-central-1, got "here"',
  ],
  [{ 'service.scheme': 'ftp' }, `service.scheme: expected 'https' or 'http', got "ftp"`],
  [{ 'model.gate.minimumAccuracy': 85 }, 'model.gate.minimumAccuracy: expected at most 1, got 85'],
];

for (const [values, ...problems] of refused) {
  test(`refuses ${JSON.stringify(values, (_, value) => value ?? null).slice(0, 120)}`, (t) => {
    const { name, message } = t.throws(() => parseSettings(withValues(values), 'stages/s.yaml')) ?? {};
    t.is(name, 'SettingsError');
    t.deepEqual(
      message?.split('\n').map((line) => line.replace(/^stages\/s\.yaml(?::\d+)?: /, '')),
      problems,
    );
  });
}
