import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'ava';
import { parseDocument } from 'yaml';
import { parseSettings } from '../../stages/load.ts';

const rehearsal = readFileSync(join(resolve(import.meta.dirname, '../../stages'), 'rehearsal.yaml'), 'utf8');

/** The shipped rehearsal with other values at some paths; undefined removes what stands there. */
function withValues(values: Record<string, unknown>): string {
  const document = parseDocument(rehearsal);
  for (const [path, value] of Object.entries(values)) {
    if (value === undefined) document.deleteIn(path.split('.'));
    else document.setIn(path.split('.'), document.createNode(value));
  }
  return document.toString();
}

const arn = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b';
const named = { from: 'arn', arn };
const forDomain = { from: 'domain', domain: 'intents.example.com', zone: 'Z0123456789' };

const accepted: Record<string, Record<string, unknown>> = {
  'a domain': { cloud: 'aws', 'balancer.certificate': forDomain },
  'a named certificate': { cloud: 'aws', 'balancer.certificate': named },
  'one machine': { 'fleet.size': { min: 1, desired: 1, max: 1 } },
  'no limit of rates': { 'service.rateLimit.requests': 0, 'proxy.rateLimit.burst': 0 },
  'the smallest network': { 'network.cidr': '192.168.255.0/24' },
  'no settings of the model': { model: undefined },
  'tags of your own': { tags: { Team: 'support', 'cost:centre': '' } },
};

for (const [what, values] of Object.entries(accepted)) {
  test(`accepted: ${what}`, (t) => {
    t.notThrows(() => parseSettings(withValues(values), 's.yaml'));
  });
}

const cidr = 'a private IPv4 network of /16 to /24, such as 10.20.0.0/16';
const aligned = 'an IPv4 network with no address bits after its prefix, such as 10.20.0.0/16';
const name = 'at most 20 lower-case letters, digits and hyphens, a letter first';
const instanceType = 'an EC2 instance type such as t3.small';

const refused: [values: Record<string, unknown>, ...problems: string[]][] = [
  [{ nmae: 'x' }, 'nmae: unknown key'],
  [{ 'fleet.size.mni': 1 }, 'fleet.size.mni: unknown key'],
  [{ 'balancer.certificate.arn': arn }, 'balancer.certificate.arn: unknown key'],
  [{ cloud: undefined }, "cloud: expected 'rehearsal' or 'aws', got nothing"],
  [{ cloud: 'gcp' }, `cloud: expected 'rehearsal' or 'aws', got "gcp"`],
  [{ fleet: undefined }, 'fleet: expected a mapping, got nothing'],
  [{ network: ['10.20.0.0/16'] }, 'network: expected a mapping, got ["10.20.0.0/16"]'],
  [{ name: 'Fleet' }, `name: expected ${name}, got "Fleet"`],
  [{ name: '1a' }, `name: expected ${name}, got "1a"`],
  [{ name: 'a-' }, `name: expected ${name}, got "a-"`],
  [{ name: 'a'.repeat(21) }, `name: expected ${name}, got "${'a'.repeat(21)}"`],
  [{ region: 'europe' }, 'region: expected an AWS region such as eu-central-1, got "europe"'],
  [{ tags: { n: 1 } }, 'tags.n: expected a string, got 1'],
  [
    { tags: { 'aws:n': 'v' } },
    `tags.aws:n: expected a key that is at most 128 characters that don't begin with aws:, got "v"`,
  ],
  [{ tags: { n: 'v'.repeat(257) } }, `tags.n: expected at most 256 characters, got "${'v'.repeat(257)}"`],
  [{ state: { backend: 'ftp' } }, `state.backend: expected 'local' or 's3', got "ftp"`],
  [{ state: { backend: 'local', bucket: 'b' } }, 'state.bucket: unknown key'],
  [
    { state: { backend: 's3', bucket: 'B', region: 'x' } },
    `state.bucket: expected an S3 bucket's name, got "B"`,
    'state.region: expected an AWS region such as eu-central-1, got "x"',
    `state.backend: expected 'local' (the emulated cloud forgets its buckets), got "s3"`,
  ],
  [
    { state: { backend: 's3', bucket: 'our-state', region: 'eu-central-1' } },
    `state.backend: expected 'local' (the emulated cloud forgets its buckets), got "s3"`,
  ],
  [{ 'network.cidr': '8.8.0.0/16' }, `network.cidr: expected ${cidr}, got "8.8.0.0/16"`],
  [{ 'network.cidr': '172.32.0.0/16' }, `network.cidr: expected ${cidr}, got "172.32.0.0/16"`],
  [{ 'network.cidr': '10.0.0.0/8' }, `network.cidr: expected ${cidr}, got "10.0.0.0/8"`],
  [{ 'network.cidr': '10.0.0.0/25' }, `network.cidr: expected ${cidr}, got "10.0.0.0/25"`],
  [{ 'network.cidr': '10.256.0.0/16' }, `network.cidr: expected ${cidr}, got "10.256.0.0/16"`],
  [{ 'network.cidr': '10.20.1.0/16' }, `network.cidr: expected ${aligned}, got "10.20.1.0/16"`],
  [{ 'network.cidr': '10.20.0/16' }, `network.cidr: expected ${aligned}, got "10.20.0/16"`],
  [
    { 'balancer.certificate': { from: 'nowhere' } },
    `balancer.certificate.from: expected 'rehearsal' or 'arn' or 'domain', got "nowhere"`,
  ],
  [{ 'balancer.certificate': {} }, "balancer.certificate.from: expected 'rehearsal' or 'arn' or 'domain', got nothing"],
  [
    { cloud: 'aws' },
    `balancer.certificate.from: expected 'arn' or 'domain' (only the rehearsal makes its own certificate), got "rehearsal"`,
  ],
  [
    { 'balancer.certificate': named },
    `balancer.certificate.from: expected 'rehearsal' (the emulated cloud issues no certificates), got "arn"`,
  ],
  [
    { cloud: 'aws', 'balancer.certificate': { ...named, arn: arn.replace('eu-central-1', 'us-east-1') } },
    `balancer.certificate.arn: expected a certificate in eu-central-1, got "${arn.replace('eu-central-1', 'us-east-1')}"`,
  ],
  [
    { cloud: 'aws', 'balancer.certificate': { from: 'domain', domain: 'Intents', zone: '/hostedzone/Z1' } },
    'balancer.certificate.domain: expected a host name such as intents.example.com, got "Intents"',
    `balancer.certificate.zone: expected a Route 53 hosted zone's id, such as Z0123456789ABCDEFGHIJ, got "/hostedzone/Z1"`,
  ],
  [{ 'balancer.idleTimeoutSeconds': 4001 }, 'balancer.idleTimeoutSeconds: expected at most 4000, got 4001'],
  [{ 'balancer.drainSeconds': -1 }, 'balancer.drainSeconds: expected at least 0, got -1'],
  [
    { 'balancer.healthCheck.timeoutSeconds': 5 },
    'balancer.healthCheck.timeoutSeconds: expected less than balancer.healthCheck.intervalSeconds (5), got 5',
  ],
  [{ 'balancer.healthCheck.healthyThreshold': 1 }, 'balancer.healthCheck.healthyThreshold: expected at least 2, got 1'],
  [{ 'fleet.instanceType': 't3 small' }, `fleet.instanceType: expected ${instanceType}, got "t3 small"`],
  [{ 'fleet.image.owner': 136_693_071_363 }, 'fleet.image.owner: expected a string, got 136693071363'],
  [
    { 'fleet.image.owner': 'debian' },
    `fleet.image.owner: expected the image owner's 12-digit account id, in quotes, got "debian"`,
  ],
  [{ 'fleet.image.name': '' }, 'fleet.image.name: expected at least 1 character, got ""'],
  [{ 'fleet.size.min': 0 }, 'fleet.size.min: expected at least 1, got 0'],
  [{ 'fleet.size.min': 1.5 }, 'fleet.size.min: expected a whole number, got 1.5'],
  [{ 'fleet.size.max': '4' }, 'fleet.size.max: expected a number, got "4"'],
  [{ 'fleet.size.desired': 1 }, 'fleet.size.desired: expected at least fleet.size.min (2), got 1'],
  [{ 'fleet.size.desired': 5 }, 'fleet.size.max: expected at least fleet.size.desired (5), got 4'],
  [
    { 'fleet.size': { min: 3, desired: 2, max: 1 } },
    'fleet.size.desired: expected at least fleet.size.min (3), got 2',
    'fleet.size.max: expected at least fleet.size.desired (2), got 1',
  ],
  [{ 'fleet.cpuTargetPercent': 100 }, 'fleet.cpuTargetPercent: expected at most 95, got 100'],
  [{ 'service.scheme': 'ftp' }, `service.scheme: expected 'https' or 'http', got "ftp"`],
  [{ 'service.workers': true }, 'service.workers: expected a number, got true'],
  [{ 'service.workers': [] }, 'service.workers: expected a number, got []'],
  [{ 'service.rateLimit.requests': -1 }, 'service.rateLimit.requests: expected at least 0, got -1'],
  [{ 'proxy.maxBodyKilobytes': 0 }, 'proxy.maxBodyKilobytes: expected at least 1, got 0'],
  [{ 'model.gate.minimumAccuracy': 85 }, 'model.gate.minimumAccuracy: expected at most 1, got 85'],
];

for (const [values, ...problems] of refused) {
  test(`refused: ${JSON.stringify(values, (_, value) => value ?? null).slice(0, 120)}`, (t) => {
    t.throws(() => parseSettings(withValues(values), 'stages/s.yaml'), {
      name: 'SettingsError',
      message: problems.map((problem) => `stages/s.yaml: ${problem}`).join('\n'),
    });
  });
}
