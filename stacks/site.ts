import { partitionOf } from '../common/partition.ts';
import type { ReleaseArchive } from './release-archive.ts';

/** The account that a stage is built in. */
export interface Site {
  /** The account's id, 12 digits. */
  accountId: string;
  /** The rehearsal's imported certificate, the URL where its machines reach AWS, and whether its templates keep their tags. */
  rehearsal?: { certificateArn: string; storeEndpoint: string; keepsTemplateTags: boolean };
}

/** Returns the name of the bucket for releases; the account makes it unique in AWS. */
export function bucketName(prefix: string, site: Site): string {
  return `${prefix}-releases-${site.accountId}`;
}

/** Returns the name of the bucket for feedback, which no stack holds. */
export function feedbackBucket(stack: string, site: Pick<Site, 'accountId'>): string {
  return `${stack}-feedback-${site.accountId}`;
}

/** Returns the URL of a bucket for machines. */
export function bucketUrl(bucket: string, region: string, { rehearsal }: Site): string {
  return rehearsal ? `${rehearsal.storeEndpoint}/${bucket}` : `https://${bucket}.s3.${region}.${domainOf(region)}`;
}

/** Returns the URL that machines download `release` from. */
export function releaseUrl(bucket: string, region: string, release: Pick<ReleaseArchive, 'key'>, site: Site): string {
  const endpoint = site.rehearsal?.storeEndpoint;
  return endpoint
    ? `${endpoint}/${bucket}/${release.key}`
    : `https://${bucket}.s3.${region}.amazonaws.com/${release.key}`;
}

/** Returns the URL of CloudWatch Logs, CloudWatch or Systems Manager for machines. */
export function endpointOf(service: 'logs' | 'monitoring' | 'ssm', region: string, { rehearsal }: Site): string {
  return rehearsal?.storeEndpoint ?? `https://${service}.${region}.${domainOf(region)}`;
}

function domainOf(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
