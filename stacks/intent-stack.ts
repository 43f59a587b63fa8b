import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import { Aspects, LocalBackend, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { renderUserData } from '../bootstrap/user-data.ts';
import { sha256 } from '../common/checksum.ts';
import type { Stage } from '../stages/load.ts';
import type { Settings } from '../stages/settings.ts';
import { LoadBalancer } from './balancer.ts';
import { DomainCertificate } from './certificate.ts';
import { Firewall } from './firewall.ts';
import { Fleet } from './fleet.ts';
import { Identity } from './identity.ts';
import { Network } from './network.ts';
import type { ReleaseArchive } from './release-archive.ts';
import { ReleaseStore } from './release-store.ts';
import { EmulatorQuirks } from './rules/emulator.ts';
import { Guards } from './rules/guards.ts';
import { Tags } from './rules/tags.ts';
import { bucketName, releaseUrl, type Site } from './site.ts';
import { machineVariables } from './variables.ts';

export interface IntentStackProps {
  stage: Stage;
  release: ReleaseArchive;
  site: Site;
  /** Where a local state file stands, absolute. */
  stateFile: string;
}

/** All of one stage: the network, the balancer, the release and the fleet that serves it. */
export class IntentStack extends TerraformStack {
  constructor(scope: Construct, id: string, { stage, release, site, stateFile }: IntentStackProps) {
    super(scope, id);
    const { settings } = stage;
    const name = `${settings.name}-${stage.name}`;
    const tags = { ...settings.tags, Project: settings.name, Stage: stage.name, ManagedBy: 'terraform' };
    this.#backend(settings, name, stateFile);
    // An API that the emulator lacks answers at once; twenty-five polite retries of it would look like a hang.
    new AwsProvider(this, 'aws', { region: settings.region, ...(site.rehearsal ? { maxRetries: 1 } : {}) });

    const network = new Network(this, 'network', settings.network);
    const firewall = new Firewall(this, 'firewall', { name, vpcId: network.vpc.id });
    const store = new ReleaseStore(this, 'release-store', {
      bucket: bucketName(name, site),
      release,
      requireTls: !site.rehearsal,
    });
    const identity = new Identity(this, 'identity', { name, releaseArn: store.object.arn });
    const balancer = new LoadBalancer(this, 'balancer', {
      name,
      vpcId: network.vpc.id,
      subnetIds: network.subnets.map((subnet) => subnet.id),
      securityGroupId: firewall.balancer.id,
      certificateArn: this.#certificate(settings, site),
      settings: settings.balancer,
      dependsOn: network.routes,
    });
    const userData = renderUserData({
      release: {
        url: releaseUrl(bucketName(name, site), settings.region, release, site),
        sha256: release.sha256,
        region: settings.region,
      },
      variables: machineVariables(name, settings),
    });
    const fleet = new Fleet(this, 'fleet', {
      name,
      revision: revision(userData, settings.fleet, tags),
      userData,
      subnetIds: network.subnets.map((subnet) => subnet.id),
      securityGroupId: firewall.machines.id,
      instanceProfileArn: identity.profile.arn,
      targetGroupArn: balancer.targetGroup.arn,
      tags,
      settings: settings.fleet,
      dependsOn: [store.object, ...identity.permissions, ...network.routes],
    });

    this.#outputs({
      url: `https://${this.#address(settings, balancer)}`,
      load_balancer: balancer.loadBalancer.arn,
      target_group: balancer.targetGroup.arn,
      auto_scaling_group: fleet.group.name,
      launch_template: fleet.launchTemplate.name,
      release: release.sha256,
    });
    Aspects.of(this).add(new Tags(name, tags));
    if (site.rehearsal) Aspects.of(this).add(new EmulatorQuirks());
    Aspects.of(this).add(new Guards());
  }

  #backend({ state }: Settings, name: string, stateFile: string): void {
    if (state.backend === 'local') new LocalBackend(this, { path: stateFile });
    else {
      const backend = new S3Backend(this, {
        bucket: state.bucket,
        region: state.region,
        key: `${name}.tfstate`,
        encrypt: true,
      });
      backend.addOverride('use_lockfile', true);
    }
  }

  #certificate({ balancer: { certificate } }: Settings, site: Site): string {
    if (certificate.from === 'arn') return certificate.arn;
    if (certificate.from === 'domain') return new DomainCertificate(this, 'certificate', certificate).arn;
    if (site.rehearsal) return site.rehearsal.certificateArn;
    throw new Error("balancer.certificate.from: expected 'arn' or 'domain' outside the rehearsal, got 'rehearsal'");
  }

  #address({ balancer: { certificate } }: Settings, { loadBalancer }: LoadBalancer): string {
    if (certificate.from !== 'domain') return loadBalancer.dnsName;
    const record = new Route53Record(this, 'address', {
      zoneId: certificate.zone,
      name: certificate.domain,
      type: 'A',
      alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
    });
    return record.fqdn;
  }

  #outputs(values: Record<string, string>): void {
    for (const [key, value] of Object.entries(values)) new TerraformOutput(this, key, { value, staticId: true });
  }
}

/** Eight hexadecimal digits that change whenever what a machine boots with, or is tagged with, changes. */
function revision(userData: string, settings: Settings['fleet'], tags: Record<string, string>): string {
  const { instanceType, image, diskGigabytes } = settings;
  const inputs = JSON.stringify([userData, instanceType, image, diskGigabytes, tags]);
  return sha256(inputs).slice(0, 8);
}
