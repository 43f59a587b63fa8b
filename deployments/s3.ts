import { S3Client } from '@aws-sdk/client-s3';
import { type Access, clientConfiguration } from './access.ts';

// An emulator finds a bucket by the path of a URL, not by its host.

/** Returns a client of the S3 in a stage's cloud. */
export function storeClient(access: Access): S3Client {
  return new S3Client({ ...clientConfiguration(access), forcePathStyle: access.endpoint !== undefined });
}

/** Returns a client of the S3 that holds Terraform's state, with the user's credentials. */
export function stateClient(region: string): S3Client {
  return new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
}
