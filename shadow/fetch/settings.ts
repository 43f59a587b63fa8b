import { metadataUrl } from '../../common/aws/instance-metadata.ts';
import { requiredFrom } from '../../common/required-variable.ts';

/** The settings of the program, from the environment that its unit sets. */
export interface FetchSettings {
  region: string;
  /** The URL of AWS Systems Manager, and the parameter that names the shadow. */
  endpoint: string;
  parameter: string;
  /** The URL below which the archives of the stage's releases are. */
  releases: string;
  /** The folder of the releases; systemd makes it. */
  state: string;
  /** The URL of the metadata service. */
  metadata: string;
}

/** Reads the settings; the error names a variable that is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): FetchSettings {
  const value = requiredFrom(environment, 'intent-fleet-shadow-fetch.service');
  return {
    region: value('SHADOW_REGION'),
    endpoint: value('SHADOW_ENDPOINT'),
    parameter: value('SHADOW_PARAMETER'),
    releases: value('SHADOW_RELEASES'),
    state: value('STATE_DIRECTORY'),
    metadata: metadataUrl(environment),
  };
}
