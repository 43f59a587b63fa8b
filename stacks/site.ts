import type { ReleaseArchive } from './release-archive.ts';

/** The account that a stage is built in, and what only that account's cloud can tell. */
export interface Site {
  /** 12 digits. */
  accountId: string;
  /** The rehearsal's own: a certificate that it has imported, and where its machines reach S3. */
  rehearsal?: { certificateArn: string; storeEndpoint: string };
}

/** The bucket's name, which nobody else in AWS has: the account is part of it. */
export function bucketName(prefix: string, site: Site): string {
  return `${prefix}-releases-${site.accountId}`;
}

/** Where machines fetch `release` from. */
export function releaseUrl(bucket: string, region: string, release: ReleaseArchive, site: Site): string {
  const endpoint = site.rehearsal?.storeEndpoint;
  return endpoint
    ? `${endpoint}/${bucket}/${release.key}`
    : `https://${bucket}.s3.${region}.amazonaws.com/${release.key}`;
}
