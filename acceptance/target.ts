import type { Access } from '../deployments/access.ts';

/** What the checks are run against. */
export interface Target {
  name: 'rehearsal' | 'aws';
  access: Access;
  /** The URL of the load balancer; undefined where it is the one that AWS gives. */
  url: string | undefined;
  /** The URL of S3 for machines. */
  store: string;
  /** How many seconds of CloudWatch and scaling pass in one second. */
  pace: number;
}

/** The prefix of all that the checks build. One run at a time in a region of an account. */
export const prefix = 'intent-acceptance';

/** The AWS account of the user's credentials. */
export function awsTarget(region: string): Target {
  const access = { region, endpoint: undefined, credentials: undefined };
  return { name: 'aws', access, url: undefined, store: `https://s3.${region}.amazonaws.com`, pace: 1 };
}
