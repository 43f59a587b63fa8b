import { metadataUrl } from '../common/aws/instance-metadata.ts';
import { requiredFrom } from '../common/required-variable.ts';

/** The settings of the shipper, from the environment that its unit sets. */
export interface ShipperSettings {
  region: string;
  /** The URL of CloudWatch Logs. */
  endpoint: string;
  /** The prefix of the log groups. */
  groups: string;
  /** The folder of the positions; systemd makes it. */
  state: string;
  /** nginx's access log. */
  accessLog: string;
  /** The file of the metrics; without it there is none. */
  metrics: string | undefined;
  /** The URL of the metadata service. */
  metadata: string;
  /** The URL of CloudWatch and the group that this machine's memory counts for; undefined where nothing scales by memory. */
  memory: { endpoint: string; group: string } | undefined;
}

/** Reads the settings; the error names a variable that is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): ShipperSettings {
  const value = requiredFrom(environment, 'intent-fleet-logs.service');
  return {
    region: value('LOG_REGION'),
    endpoint: value('LOG_ENDPOINT'),
    groups: value('LOG_GROUPS'),
    accessLog: value('ACCESS_LOG'),
    state: value('STATE_DIRECTORY'),
    metrics: environment.METRICS_FILE || undefined,
    metadata: metadataUrl(environment),
    memory: environment.MEMORY_ENDPOINT
      ? { endpoint: environment.MEMORY_ENDPOINT, group: value('MEMORY_GROUP') }
      : undefined,
  };
}
