import { metadataUrl } from '../common/aws/instance-metadata.ts';
import { requiredFrom } from '../common/required-variable.ts';

/** The settings of the program, from the environment that its unit sets. */
export interface KeysSettings {
  region: string;
  /** The URL of AWS Systems Manager. */
  endpoint: string;
  /** The path below which the parameters of the keys are. */
  path: string;
  /** The folder of its files; systemd makes it. */
  state: string;
  /** The URL of the metadata service. */
  metadata: string;
}

/** Reads the settings; the error names a variable that is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): KeysSettings {
  const value = requiredFrom(environment, 'intent-fleet-keys.service');
  return {
    region: value('KEYS_REGION'),
    endpoint: value('KEYS_ENDPOINT'),
    path: value('KEYS_PATH'),
    state: value('STATE_DIRECTORY'),
    metadata: metadataUrl(environment),
  };
}
