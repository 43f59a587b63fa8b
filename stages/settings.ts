import { Cron } from 'croner';
import { Address4 } from 'ip-address';
import { z } from 'zod';
import { isPrivateNetwork } from '../common/private-network.ts';
import { regionOf } from '../common/region-of.ts';
import { deploymentSettings } from '../deployments/strategies/settings.ts';
import { modelSettings } from '../model/settings.ts';

const name = z
  .string()
  .regex(/^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/, 'at most 20 lower-case letters, digits and hyphens, a letter first')
  .regex(
    /^(?!(?:internal|sg|sthree)(?:-|$)|xn--)/,
    'a name that AWS does not reserve for itself (internal, sg, sthree, xn--)',
  );

const region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'an AWS region such as eu-central-1');

const ownTags = ['Name', 'Project', 'Stage', 'ManagedBy', 'Release'];

// AWS allows 50 tags for each resource.
const mostTags = 50 - ownTags.length;

// The characters that every service of AWS allows.
const tagCharacters = /^[\p{L}\p{N} _.:/=+@-]*$/u;

const tags = z
  .record(
    z
      .string()
      .regex(/^(?!aws:).{1,128}$/, "at most 128 characters that don't begin with aws:")
      .regex(tagCharacters, 'letters, digits, spaces and _ . : / = + - @')
      .refine((key) => !ownTags.includes(key), `none of ${ownTags.join(', ')}, which every stage sets itself`),
    z.string().max(256).regex(tagCharacters, 'letters, digits, spaces and _ . : / = + - @'),
  )
  .refine((value) => Object.keys(value).length <= mostTags, `at most ${mostTags} tags`);

const permissionsBoundary = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/, "an IAM policy's ARN");

const account = z.string().regex(/^\d{12}$/, 'an account id of 12 digits, in quotes');

const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "an S3 bucket's name");

/** The backend of Terraform's state: a file in this checkout, or a versioned S3 bucket with a lock file. */
const state = z.discriminatedUnion('backend', [
  z.strictObject({ backend: z.literal('local') }),
  z.strictObject({
    backend: z.literal('s3'),
    bucket: bucketName,
    region,
  }),
]);

/** The place of the models' versions: a folder, a prefix of a bucket, or an MLflow server. */
const registry = z
  .string()
  .regex(
    /^(?!\w+:\/\/)[^\0]+$|^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w.-]+)*\/?$|^https?:\/\/[^\s/?#]+(?:\/[\w.~-]+)*\/?$/,
    'a folder, s3://bucket/prefix, or the address of an MLflow server',
  );

/** The IPv4 network of a VPC: at most a /16, as AWS allows, at least a /24, so that four subnets fit in. */
const network = z.strictObject({
  cidr: z
    .string()
    .refine(isVpcNetwork, { error: 'a private IPv4 network of /16 to /24, such as 10.20.0.0/16', abort: true })
    .refine(isAligned, 'an IPv4 network with no address bits after its prefix, such as 10.20.0.0/16'),
});

function isVpcNetwork(cidr: string): boolean {
  if (!Address4.isValid(cidr) || !isPrivateNetwork(cidr)) return false;
  const { subnetMask } = new Address4(cidr);
  return subnetMask >= 16 && subnetMask <= 24;
}

function isAligned(cidr: string): boolean {
  return new Address4(cidr).networkForm() === cidr;
}

const hostName = z
  .string()
  .regex(
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    'a host name such as intents.example.com',
  );

/** The source of the TLS certificate: made by the rehearsal, imported into ACM, or requested from ACM for a domain. */
const certificate = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('rehearsal') }),
  z.strictObject({
    from: z.literal('arn'),
    arn: z.string().regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/.+$/, "an ACM certificate's ARN"),
  }),
  z.strictObject({
    from: z.literal('domain'),
    domain: hostName,
    zone: z.string().regex(/^Z[A-Z0-9]{1,32}$/, "a Route 53 hosted zone's id, such as Z0123456789ABCDEFGHIJ"),
  }),
]);

const healthCheck = z
  .strictObject({
    intervalSeconds: z.int().min(5).max(300),
    timeoutSeconds: z.int().min(2).max(120),
    healthyThreshold: z.int().min(2).max(10),
    unhealthyThreshold: z.int().min(2).max(10),
  })
  .check(({ value: { intervalSeconds, timeoutSeconds }, issues }) => {
    if (timeoutSeconds < intervalSeconds) return;
    const message = `less than balancer.healthCheck.intervalSeconds (${intervalSeconds})`;
    issues.push({ code: 'custom', path: ['timeoutSeconds'], message, input: timeoutSeconds });
  });

const balancer = z.strictObject({
  certificate,
  accessLogs: z.strictObject({ bucket: bucketName }).optional(),
  idleTimeoutSeconds: z.int().min(1).max(4000),
  drainSeconds: z.int().min(0).max(3600),
  healthCheck,
});

const machines = z.int().min(1).max(100);

const size = z.strictObject({ min: machines, desired: machines, max: machines }).check(({ value, issues }) => {
  const order = [
    ['desired', 'min'],
    ['max', 'desired'],
  ] as const;
  for (const [larger, smaller] of order) {
    if (value[larger] >= value[smaller]) continue;
    const message = `at least fleet.size.${smaller} (${value[smaller]})`;
    issues.push({ code: 'custom', path: [larger], message, input: value[larger] });
  }
});

const schedule = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens, a letter first'),
    cron: z.string().refine(isRecurrence, 'five fields as in a crontab, such as 0 20 * * *'),
    timeZone: z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin').default('Etc/UTC'),
    min: machines.optional(),
    max: machines.optional(),
    desired: machines.optional(),
  })
  .check(({ value, issues }) => {
    const { min, max, desired } = value;
    if (min === undefined && max === undefined && desired === undefined)
      issues.push({ code: 'custom', path: [], message: 'min, max or desired', input: value });
    const [lowest, highest] = [min ?? 0, max ?? Number.POSITIVE_INFINITY];
    if (lowest <= highest && (desired === undefined || (desired >= lowest && desired <= highest))) return;
    issues.push({ code: 'custom', path: [], message: 'min <= desired <= max', input: value });
  });

function isRecurrence(text: string): boolean {
  try {
    new Cron(text, { mode: '5-part' });
    return true;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(text) || text === 'Etc/UTC';
}

const schedules = z.array(schedule).check(({ value, issues }) => {
  value.forEach(({ name }, index) => {
    if (value.findIndex((other) => other.name === name) === index) return;
    issues.push({ code: 'custom', path: [index, 'name'], message: 'a name that no other schedule has', input: name });
  });
});

const instanceType = z.string().regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'an EC2 instance type such as t3.small');

const fleet = z
  .strictObject({
    instanceType,
    image: z.strictObject({
      owner: account,
      name: z.string().min(1),
    }),
    diskGigabytes: z.int().min(8).max(1000),
    size,
    cpuTargetPercent: z.int().min(10).max(95),
    memoryTargetPercent: z.int().min(10).max(95).optional(),
    requestsPerMachine: z.int().min(1).max(10_000_000).optional(),
    schedules: schedules.default([]),
    healthCheckGraceSeconds: z.int().min(0).max(7200),
    minReadySeconds: z.int().min(0).max(600).default(10),
  })
  .check(({ value: { healthCheckGraceSeconds, minReadySeconds }, issues }) => {
    if (healthCheckGraceSeconds >= minReadySeconds) return;
    const message = `at least fleet.minReadySeconds (${minReadySeconds})`;
    issues.push({ code: 'custom', path: ['healthCheckGraceSeconds'], message, input: healthCheckGraceSeconds });
  });

const alarms = z.strictObject({
  errorPercent: z.number().min(0).max(100).default(5),
  p90Milliseconds: z.int().min(1).max(60_000).default(500),
  emails: z.array(z.email('an e-mail address')).default([]),
});

const clients = z
  .string()
  .refine((text) => text.includes('/') && Address4.isValid(text), {
    error: 'an IPv4 network with the length of its prefix, such as 203.0.113.7/32',
    abort: true,
  })
  .refine(isAligned, 'an IPv4 network with no address bits after its prefix, such as 203.0.113.0/24');

function hasPort(address: string): boolean {
  const port = Number(address.split(':').at(-1));
  return port >= 1 && port <= 65_535;
}

const remoteWrite = z.strictObject({
  url: z
    .url({ protocol: /^https$/, error: 'an address that begins with https://', abort: true })
    .regex(/^[\w.:/-]+$/, 'an address without characters to escape'),
  region,
});

const monitoring = z.strictObject({
  enabled: z.boolean().default(false),
  instanceType: instanceType.default('t3.micro'),
  diskGigabytes: z.int().min(8).max(1000).default(8),
  allow: z.array(clients).max(30).default([]),
  // The page's rates are over a minute, for which two readings are needed.
  scrapeSeconds: z.int().min(1).max(30).default(15),
  retentionDays: z.int().min(1).max(3650).default(15),
  alertmanager: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}$/, { error: 'an address such as alerts.example.com:9093', abort: true })
    .refine(hasPort, 'a port from 1 to 65535')
    .optional(),
  remoteWrite: remoteWrite.optional(),
});

const shadow = z.strictObject({
  enabled: z.boolean().default(false),
  cpuPercent: z.int().min(5).max(400).default(25),
  // A worker, what compares, and what fetches take 200 MB with a small model.
  memoryMegabytes: z.int().min(256).max(65_536).default(384),
  copyPercent: z.int().min(1).max(100).default(100),
});

const service = z.strictObject({
  workers: z.int().min(1).max(64),
  scheme: z.enum(['https', 'http']),
  rateLimit: z.strictObject({
    requests: z.int().min(0).max(1_000_000_000),
    windowSeconds: z.int().min(1).max(86_400),
  }),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']),
  samples: z.boolean().default(false),
  // Everyone without it, as before there were keys.
  access: z.enum(['open', 'keys']).default('open'),
  shadow: shadow.prefault({}),
});

const proxy = z.strictObject({
  rateLimit: z.strictObject({
    requestsPerSecond: z.int().min(1).max(100_000),
    burst: z.int().min(0).max(100_000),
  }),
  maxBodyKilobytes: z.int().min(1).max(10_240),
});

const feedback = z.strictObject({
  enabled: z.boolean().default(false),
  storeTexts: z.boolean().default(false),
  days: z.int().min(1).max(3650).default(90),
});

// What CloudWatch Logs takes; it could also keep lines for ever.
const retentionDays = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
] as const;

const logs = z.strictObject({
  retentionDays: z.literal(retentionDays, `one of ${retentionDays.join(', ')}`).default(30),
  requestPercent: z.int().min(1).max(100).default(100),
});

/** The settings of a stage. `stages/rehearsal.yaml` shows each key with its meaning; unknown keys are refused. */
export const settingsSchema = z
  .strictObject({
    cloud: z.enum(['rehearsal', 'aws']),
    account: account.optional(),
    permissionsBoundary: permissionsBoundary.optional(),
    name,
    region,
    tags,
    state,
    registry: registry.default('models'),
    model: modelSettings.prefault({}),
    network,
    balancer,
    fleet,
    deployment: deploymentSettings.prefault({}),
    alarms: alarms.prefault({}),
    monitoring: monitoring.prefault({}),
    service,
    proxy,
    logs: logs.prefault({}),
    feedback: feedback.prefault({}),
  })
  .check(({ value: { cloud, balancer }, issues }) => {
    const { from } = balancer.certificate;
    if ((from === 'rehearsal') === (cloud === 'rehearsal')) return;
    const message =
      from === 'rehearsal'
        ? "'arn' or 'domain' (only the rehearsal makes its own certificate)"
        : "'rehearsal' (the emulated cloud issues no certificates)";
    issues.push({ code: 'custom', path: ['balancer', 'certificate', 'from'], message, input: from });
  })
  .check(({ value: { region, balancer }, issues }) => {
    const { certificate } = balancer;
    // An ARN that is refused itself may name no region.
    if (certificate.from !== 'arn' || [region, '', undefined].includes(regionOf(certificate.arn))) return;
    const path = ['balancer', 'certificate', 'arn'];
    issues.push({ code: 'custom', path, message: `a certificate in ${region}`, input: certificate.arn });
  })
  .check(({ value: { deployment, service }, issues }) => {
    if (deployment.strategy !== 'shadow' || service.shadow.enabled) return;
    const message = 'another strategy, because service.shadow.enabled is false';
    issues.push({ code: 'custom', path: ['deployment', 'strategy'], message, input: deployment.strategy });
  })
  .check(({ value: { cloud, account, balancer, state }, issues }) => {
    if (cloud === 'aws') return;
    const remote = state.backend === 'local' ? undefined : state.backend;
    const refused: [path: string, input: unknown, message: string][] = [
      ['account', account, 'none (the emulated cloud has an account of its own)'],
      ['balancer.accessLogs', balancer.accessLogs, "none (the emulated cloud's balancer keeps no log)"],
      ['state.backend', remote, "'local' (the emulated cloud forgets its buckets)"],
    ];
    for (const [path, input, message] of refused) {
      if (input !== undefined) issues.push({ code: 'custom', path: path.split('.'), message, input });
    }
  });

/** A stage's settings, validated. */
export type Settings = z.infer<typeof settingsSchema>;
