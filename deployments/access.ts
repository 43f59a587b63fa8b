import type { Stage } from '../stages/load.ts';

/** How AWS's clients, and Terraform, reach the cloud of a stage. */
export interface Access {
  region: string;
  /** Where the emulated AWS listens; undefined for AWS itself. */
  endpoint: string | undefined;
}

// The emulator believes everybody; what stands here opens nothing.
const rehearsalCredentials = { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' };

export function accessTo(stage: Stage, endpoint: string | undefined): Access {
  return { region: stage.settings.region, endpoint };
}

/** Configuration for a client of the AWS SDK. */
export function clientConfiguration({ region, endpoint }: Access) {
  return endpoint ? { region, endpoint, credentials: rehearsalCredentials } : { region };
}

/** Environment for Terraform and its provider: the rehearsal never sees the user's own credentials or profile. */
export function accessEnvironment({ region, endpoint }: Access, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!endpoint) return { ...environment, AWS_REGION: region };
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(others),
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: rehearsalCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rehearsalCredentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}
