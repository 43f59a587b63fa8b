import { z } from 'zod';
import { parseAs } from './parse.ts';
import { address, logs, network, region, workerPort } from './variables.ts';

const cloud = z.strictObject({
  region: region.describe('Region of the machines'),
  endpoint: address.optional().describe('Address of EC2 where it is not that of AWS'),
});

const fleet = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]+$/, 'letters, digits, hyphens and underscores')
    .describe('Name of the machines to watch, the tag `Name`'),
  workers: z.array(workerPort).min(1).describe('Ports of the workers of each machine'),
});

const thresholds = z.strictObject({
  errorPercent: z.number().min(0).max(100).describe('Share of requests with a status from 500 that rings an alarm'),
  p90Milliseconds: z
    .int()
    .min(1)
    .max(60_000)
    .describe('Time within which nine of ten requests are answered, or an alarm rings'),
});

const prometheus = z.strictObject({
  scrapeSeconds: z.int().min(1).max(30).describe('Time between two readings of a metric'),
  retentionDays: z.int().min(1).max(3650).describe('Time that metrics are kept'),
  retentionGigabytes: z.int().min(1).max(1000).describe('Space on the disk that metrics may take'),
  alertmanager: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}$/, 'an address such as alerts.example.com:9093')
    .optional()
    .describe('Alertmanager that gets the alerts'),
  remoteWrite: z
    .strictObject({
      url: z
        .url({ protocol: /^https$/ })
        .regex(/^[\w.:/-]+$/, 'an address without characters to escape')
        .describe('Where samples are written to'),
      region: region.describe('Region of that, for its signature'),
    })
    .optional(),
});

/** The variables of the monitoring machine. */
export const monitoringVariablesSchema = z.strictObject({
  network,
  logs,
  cloud,
  fleet,
  thresholds,
  prometheus,
});

export type MonitoringVariables = z.infer<typeof monitoringVariablesSchema>;
export type MonitoringVariablesInput = z.input<typeof monitoringVariablesSchema>;

/** Validates the variables of the monitoring machine; the error names each wrong place. */
export function parseMonitoringVariables(input: unknown): MonitoringVariables {
  return parseAs(monitoringVariablesSchema, 'Invalid variables of the monitoring machine:', input);
}
