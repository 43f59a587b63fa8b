/** How AWS clients and Terraform reach the cloud of a stage. */
export interface Access {
  region: string;
  /** Address of the emulated AWS; undefined for AWS itself. */
  endpoint: string | undefined;
  /** The access key of the emulated AWS; undefined for AWS itself, where each client finds the user's. */
  credentials: AccessCredentials | undefined;
}

export interface AccessCredentials {
  accessKeyId: string;
  secretAccessKey: string;
}

// With the SDK's exponential backoff: AWS throttles the calls of an account, not those of one command.
const maxAttempts = 8;

/** Returns the configuration of an AWS SDK client. */
export function clientConfiguration({ region, endpoint, credentials }: Access) {
  return { region, maxAttempts, ...(endpoint && { endpoint }), ...(credentials && { credentials }) };
}

/** Returns the environment of Terraform and its provider; in the rehearsal without the user's credentials and profile. */
export function accessEnvironment(
  { region, endpoint, credentials }: Access,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  if (!endpoint) return { ...environment, AWS_REGION: region };
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(others),
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}
