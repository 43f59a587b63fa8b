import { z } from 'zod';
import { logLevels } from '../common/log-levels.ts';
import { parseAs } from './parse.ts';

// Four digits, also of the last of 64 workers: the port of its metrics is the same one with a 1 before it.
export const workerPort = z.int().min(1024).max(9936);

// An RFC 1123 label, because other names contain the fleet's name.
const label = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, 'expected at most 40 lower-case letters, digits and hyphens');

const workerLimit = z.strictObject({
  requests: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(6000)
    .describe('Requests per client and window that a worker answers; 0 disables this limit'),
  windowSeconds: z.int().min(1).max(86_400).default(60).describe('Length of the window, in seconds'),
});

const service = z.strictObject({
  workers: z.int().min(1).max(64).default(2).describe('Processes of the service, each on its own port'),
  firstPort: workerPort.default(8081).describe('Port of the first worker; the others have the next ones'),
  scheme: z.enum(['https', 'http']).default('https').describe('Protocol between nginx and the workers on loopback'),
  rateLimit: workerLimit.prefault({}),
  logLevel: z.enum(logLevels).default('info').describe('Lowest level of the log lines that a worker writes'),
  samples: z
    .boolean()
    .default(false)
    .describe('Whether the page at `/` shows a few texts that the model was tested with, to everyone who can open it'),
  drainSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(20)
    .describe('Seconds in which a worker finishes its requests before it stops'),
});

const nginxLimit = z.strictObject({
  requestsPerSecond: z
    .int()
    .min(1)
    .max(100_000)
    .default(100)
    .describe('Requests per second and client that nginx passes on'),
  burst: z.int().min(0).max(100_000).default(200).describe('Requests beyond that rate before nginx answers 429'),
});

const nginx = z.strictObject({
  rateLimit: nginxLimit.prefault({}),
  clientMaxBodyKilobytes: z.int().min(1).max(102_400).default(64).describe('Largest request body, in KiB'),
  loggedPercent: z
    .int()
    .min(1)
    .max(100)
    .default(100)
    .describe('Share of the requests with a status below 400 that get a line of the access log, in percent'),
});

export const network = z.strictObject({
  cidr: z
    .cidrv4('expected an IPv4 network such as 10.20.0.0/16')
    .describe('Addresses of the VPC: X-Forwarded-For from there is trusted, because the load balancer is there'),
});

const fleet = z.strictObject({
  name: label.describe('Name of the fleet that the machine belongs to'),
  minReadySeconds: z
    .int()
    .min(0)
    .max(600)
    .default(10)
    .describe('Time that the service must run without a restart before the machine gets traffic, in seconds'),
});

export const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-central-1');

export const address = z.url({ protocol: /^https?$/ }).regex(/^[\w.:/-]+$/, 'an address without characters to escape');

const memory = z
  .strictObject({
    endpoint: address.describe(
      'Address of CloudWatch, which gets the memory utilization each minute; without it, nothing gets it',
    ),
  })
  .optional();

export const logs = z.strictObject({
  groups: z
    .string()
    .regex(/^(?:\/[\w.-]+)+$/, 'a prefix of log groups such as /intent-fleet-production')
    .describe('Prefix of the names of the CloudWatch log groups that get the lines of the machine'),
  region: region.describe('Region of the log groups'),
  endpoint: address.describe('Address of CloudWatch Logs'),
});

const apiKeys = z
  .strictObject({
    path: z
      .string()
      .regex(/^(?:\/[\w.-]+)+$/, 'a path of parameters such as /intent-fleet-production/api-keys')
      .describe('Path of the parameters that hold the API keys; without it, the service answers everyone'),
    region: region.describe('Region of the parameters'),
    endpoint: address.describe('Address of AWS Systems Manager'),
  })
  .optional();

const feedback = z
  .strictObject({
    bucket: address.describe('Address of the bucket that gets feedback; without it, predictions have no ids'),
    region: region.describe('Region of the bucket and of the key'),
    endpoint: address.describe('Address of AWS Systems Manager'),
    parameter: z
      .string()
      .regex(/^(?:\/[\w.-]+)+$/, 'the name of a parameter such as /intent-fleet-production/prediction-key')
      .describe('Parameter with the key that signs the ids of predictions'),
    storeTexts: z.boolean().describe('Whether feedback keeps the text that it is about'),
    days: z.int().min(1).max(3650).describe('Days after a prediction in which feedback on it counts'),
  })
  .optional();

const shadow = z
  .strictObject({
    parameter: z
      .string()
      .regex(/^(?:\/[\w.-]+)+$/, 'the name of a parameter such as /intent-fleet-production/shadow')
      .describe('Parameter that names the release to run as a shadow; without it, no shadow can run'),
    region: region.describe('Region of the parameter and of the archives'),
    endpoint: address.describe('Address of AWS Systems Manager'),
    releases: address.describe('Address below which the archives of releases are; nothing else is fetched'),
    cpuPercent: z.int().min(5).max(400).describe('Processor time of the shadow at most, in percent of one processor'),
    memoryMegabytes: z.int().min(256).max(65_536).describe('Memory of the shadow at most, in MiB'),
    copyPercent: z.int().min(1).max(100).describe('Share of the texts that are copied for the shadow'),
  })
  .optional();

/** The variables of one machine: the inventory of the bootstrap. */
export const variablesSchema = z.strictObject({
  service: service.prefault({}),
  nginx: nginx.prefault({}),
  network,
  fleet,
  logs,
  memory,
  apiKeys,
  feedback,
  shadow,
});

export type Variables = z.infer<typeof variablesSchema>;
export type VariablesInput = z.input<typeof variablesSchema>;

/** Validates the variables and fills in the defaults; the error names each wrong place. */
export function parseVariables(input: unknown): Variables {
  return parseAs(variablesSchema, 'Invalid machine variables:', input);
}

/** The ports of a machine's workers. */
export function workerPorts({ service }: Variables): number[] {
  return Array.from({ length: service.workers }, (_, index) => service.firstPort + index);
}

/** The units of a machine's workers: one process per port, all from one template unit. */
export function workerUnits(variables: Variables): string[] {
  return workerPorts(variables).map((port) => `intent-fleet@${port}.service`);
}
