import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import { Construct } from 'constructs';
import type { Settings } from '../stages/settings.ts';
import type { Site } from './site.ts';

/** A certificate that ACM issues for a domain, validated by a record in its Route 53 zone. */
class DomainCertificate extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { domain, zone }: { domain: string; zone: string }) {
    super(scope, id);
    const certificate = new AcmCertificate(this, 'certificate', {
      domainName: domain,
      validationMethod: 'DNS',
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, 'proof', {
      zoneId: zone,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 60,
      allowOverwrite: true,
    });
    this.arn = new AcmCertificateValidation(this, 'issued', {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    }).certificateArn;
  }
}

/** The ARN of the certificate that the settings choose; the one for a domain becomes part of `scope`. */
export function certificateArn(scope: Construct, settings: Settings['balancer']['certificate'], site: Site): string {
  if (settings.from === 'arn') return settings.arn;
  if (settings.from === 'domain') return new DomainCertificate(scope, 'certificate', settings).arn;
  if (site.rehearsal) return site.rehearsal.certificateArn;
  throw new Error("balancer.certificate.from: expected 'arn' or 'domain' outside the rehearsal, got 'rehearsal'");
}
