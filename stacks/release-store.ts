import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { releaseIdOf } from '../common/release-id.ts';
import { type MonitoringArchive, type ReleaseArchive, releaseArchive, uploaded } from './release-archive.ts';

export interface ReleaseStoreProps {
  /** The bucket's name, unique in AWS. */
  bucket: string;
  /** The SHA-256 of the archive of each release that is kept. */
  releases: readonly string[];
  /** The release that this machine has packed; the others are in the bucket already. */
  packed?: ReleaseArchive | undefined;
  /** What the monitoring machine runs; undefined without one. */
  monitoring?: MonitoringArchive | undefined;
  /** Refuse requests without TLS; not in the rehearsal, whose emulator regards every request as one. */
  requireTls: boolean;
}

/** A private, encrypted, versioned bucket with the releases and the manifests of their models; what was deleted expires. */
export class ReleaseStore extends Construct {
  readonly bucket: S3Bucket;
  /** The archives of the releases. */
  readonly archives: S3Object[];
  readonly monitoring: S3Object | undefined;

  constructor(scope: Construct, id: string, props: ReleaseStoreProps) {
    super(scope, id);
    this.bucket = new S3Bucket(this, 'bucket', { bucket: props.bucket, forceDestroy: true });
    const protection = this.#protect(props.requireTls);
    this.#expireDeleted(protection);
    this.archives = props.releases.map((sha256) => this.#uploadRelease(sha256, props.packed, protection));
    this.monitoring = props.monitoring && this.#upload('monitoring', props.monitoring, 'application/gzip', protection);
  }

  #uploadRelease(sha256: string, packed: ReleaseArchive | undefined, dependsOn: ITerraformDependable[]): S3Object {
    const id = releaseIdOf(sha256);
    const { manifest, ...archive } = packed?.sha256 === sha256 ? packed : releaseArchive(uploaded, sha256, uploaded);
    this.#upload(`manifest-${id}`, manifest, 'application/json', dependsOn);
    return this.#upload(`release-${id}`, archive, 'application/gzip', dependsOn);
  }

  #upload(id: string, file: { path: string; key: string }, contentType: string, dependsOn: ITerraformDependable[]) {
    return new S3Object(this, id, {
      bucket: this.bucket.id,
      key: file.key,
      source: file.path,
      contentType,
      // The key identifies the content, whichever checkout it comes from.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['source'] },
      dependsOn,
    });
  }

  #protect(requireTls: boolean): ITerraformDependable[] {
    const bucket = this.bucket.id;
    const block = new S3BucketPublicAccessBlock(this, 'public-access-block', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    return requireTls ? [block, encryption, versioning, this.#refusePlaintext(block)] : [block, encryption, versioning];
  }

  #expireDeleted(dependsOn: ITerraformDependable[]): void {
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.bucket.id,
      rule: [
        {
          id: 'deleted-and-incomplete',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn,
    });
  }

  #refusePlaintext(block: S3BucketPublicAccessBlock): S3BucketPolicy {
    const document = new DataAwsIamPolicyDocument(this, 'tls-only-document', {
      statement: [
        {
          effect: 'Deny',
          actions: ['s3:*'],
          resources: [this.bucket.arn, `${this.bucket.arn}/*`],
          principals: [{ type: '*', identifiers: ['*'] }],
          condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        },
      ],
    });
    return new S3BucketPolicy(this, 'tls-only', { bucket: this.bucket.id, policy: document.json, dependsOn: [block] });
  }
}
