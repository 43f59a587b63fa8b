import { z } from 'zod';
import { logLevels } from '../common/log-levels.ts';
import { check, describeProblems } from '../common/validation.ts';
import { VariablesError } from './errors.ts';

const port = z.int().min(1024).max(65535);

/** RFC 1123 label, because the fleet's name becomes part of other names. */
const label = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, 'expected at most 40 lower-case letters, digits and hyphens');

const workerLimit = z.strictObject({
  requests: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(6000)
    .describe('Requests that a worker answers one client in a window; 0 switches this last limit off'),
  windowSeconds: z.int().min(1).max(86_400).default(60).describe('Length of that window'),
});

const service = z
  .strictObject({
    workers: z.int().min(1).max(64).default(2).describe('Processes of the service, each on a port of its own'),
    firstPort: port.default(8081).describe('Port of the first worker; the others follow it'),
    scheme: z.enum(['https', 'http']).default('https').describe('What nginx speaks to the workers on loopback'),
    rateLimit: workerLimit.prefault({}),
    logLevel: z.enum(logLevels).default('info').describe('Least serious log line that a worker writes'),
    drainSeconds: z
      .int()
      .min(1)
      .max(300)
      .default(20)
      .describe('Time that a worker has to answer what is in flight when it is told to stop'),
  })
  .refine((value) => value.firstPort + value.workers - 1 <= 65535, {
    path: ['firstPort'],
    message: 'expected a port that leaves room below 65536 for one port per worker',
  });

const nginxLimit = z.strictObject({
  requestsPerSecond: z
    .int()
    .min(1)
    .max(100_000)
    .default(100)
    .describe('Requests a second that nginx passes on for one client'),
  burst: z.int().min(0).max(100_000).default(200).describe('Requests on top of these before nginx answers 429'),
});

const nginx = z.strictObject({
  rateLimit: nginxLimit.prefault({}),
  clientMaxBodyKilobytes: z.int().min(1).max(102_400).default(64).describe('Largest request body, in KiB'),
});

const network = z.strictObject({
  cidr: z
    .cidrv4('expected an IPv4 network such as 10.20.0.0/16')
    .describe("The VPC: what it says of a client's address is believed, as the balancer is in it"),
});

const fleet = z.strictObject({ name: label.describe('Name of the fleet that the machine belongs to') });

/** Everything that one machine of a fleet is told: the inventory of the bootstrap. */
export const variablesSchema = z.strictObject({
  service: service.prefault({}),
  nginx: nginx.prefault({}),
  network,
  fleet,
});

export type Variables = z.infer<typeof variablesSchema>;
export type VariablesInput = z.input<typeof variablesSchema>;

/** Checks an inventory and fills in the defaults; an error names each place that is wrong. */
export function parseVariables(input: unknown): Variables {
  const { data, problems } = check(variablesSchema, input);
  if (!problems) return data;
  throw new VariablesError(['Invalid machine variables:', ...describeProblems(problems)].join('\n  '));
}

/** The ports that the workers of one machine listen on. */
export function workerPorts({ service }: Variables): number[] {
  return Array.from({ length: service.workers }, (_, index) => service.firstPort + index);
}
