import { z } from 'zod';
import { describeIssues } from './issues.ts';

const port = z.int().min(1024).max(65535);

/** RFC 1123 label, because the fleet's name becomes part of host names and log fields. */
const label = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, 'expected at most 40 lower-case letters, digits and hyphens');

const service = z
  .strictObject({
    /** Processes of the service on one machine, each on a port of its own. */
    workers: z.int().min(1).max(64).default(2),
    /** Port of the first worker; the others follow it. */
    firstPort: port.default(8081),
    /** What nginx speaks to the workers on loopback. */
    scheme: z.enum(['https', 'http']).default('https'),
    /** The last of the rate limits, counted by each worker for each client address; 0 requests switches it off. */
    rateLimit: z
      .strictObject({
        requests: z.int().min(0).max(1_000_000_000).default(6000),
        windowSeconds: z.int().min(1).max(86_400).default(60),
      })
      .prefault({}),
    logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** How long a worker that is told to stop may take to answer what is in flight. */
    drainSeconds: z.int().min(1).max(300).default(20),
  })
  .refine((value) => value.firstPort + value.workers - 1 <= 65535, {
    path: ['firstPort'],
    message: 'expected a port that leaves room below 65536 for one port per worker',
  });

const nginx = z.strictObject({
  /** The middle rate limit, per client address on one machine. */
  rateLimit: z
    .strictObject({
      requestsPerSecond: z.int().min(1).max(100_000).default(100),
      burst: z.int().min(0).max(100_000).default(200),
    })
    .prefault({}),
  clientMaxBodyKilobytes: z.int().min(1).max(102_400).default(64),
});

const network = z.strictObject({
  /** The network whose proxies are believed about the client's address: the VPC, where the balancer lives. */
  cidr: z.cidrv4('expected an IPv4 network such as 10.20.0.0/16'),
});

/** Everything that one machine of a fleet is told: the inventory of the bootstrap. */
export const variablesSchema = z.strictObject({
  service: service.prefault({}),
  nginx: nginx.prefault({}),
  network,
  fleet: z.strictObject({ name: label }),
});

export type Variables = z.infer<typeof variablesSchema>;
export type VariablesInput = z.input<typeof variablesSchema>;

/** Checks an inventory and fills in the defaults; an error names each place that is wrong. */
export function parseVariables(input: unknown): Variables {
  const result = variablesSchema.safeParse(input);
  if (result.success) return result.data;
  throw new Error(`The variables of the machine are wrong:\n${describeIssues(result.error, input)}`);
}

/** The ports that the workers of one machine listen on. */
export function workerPorts({ service }: Variables): number[] {
  return Array.from({ length: service.workers }, (_, index) => service.firstPort + index);
}
