import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import { Aspects, Fn, LocalBackend, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { renderUserData } from '../bootstrap/user-data.ts';
import { sha256 } from '../common/checksum.ts';
import { oldestTerraform } from '../common/oldest-terraform.ts';
import { releaseIdOf } from '../common/release-id.ts';
import type { Stage } from '../stages/load.ts';
import type { Settings } from '../stages/settings.ts';
import { Alarms } from './alarms.ts';
import { LoadBalancer } from './balancer.ts';
import { certificateArn } from './certificate.ts';
import { Dashboard } from './dashboard.ts';
import { Firewall } from './firewall.ts';
import { Fleet } from './fleet.ts';
import { Identity } from './identity.ts';
import { Logs, logGroupPrefix } from './logs.ts';
import { type MachineImage, releaseTag } from './machines.ts';
import { Network } from './network.ts';
import type { Outputs } from './outputs.ts';
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
  /** The path of a local state file, absolute. */
  stateFile: string;
  /** What machines boot. */
  image: MachineImage;
}

/** The constructs that the fleet depends on. */
interface FleetParts {
  network: Network;
  firewall: Firewall;
  store: ReleaseStore;
  identity: Identity;
  balancer: LoadBalancer;
}

/** One stage: the network, the balancer, the release and the fleet that serves it. Its id is the name of its resources. */
export class IntentStack extends TerraformStack {
  readonly #name: string;
  readonly #props: IntentStackProps;
  readonly #settings: Settings;
  readonly #tags: Record<string, string>;

  constructor(scope: Construct, name: string, props: IntentStackProps) {
    super(scope, name);
    const { stage, release, site } = props;
    this.#name = name;
    this.#props = props;
    this.#settings = stage.settings;
    this.#tags = { ...stage.settings.tags, Project: stage.settings.name, Stage: stage.name, ManagedBy: 'terraform' };
    this.#configureTerraform();
    const network = new Network(this, 'network', stage.settings.network);
    const firewall = new Firewall(this, 'firewall', { name, vpcId: network.vpc.id });
    const bucket = bucketName(name, site);
    const store = new ReleaseStore(this, 'release-store', { bucket, release, requireTls: !site.rehearsal });
    const logs = new Logs(this, 'logs', { prefix: logGroupPrefix(name), settings: stage.settings.logs });
    const identity = this.#buildIdentity(store, logs);
    const balancer = this.#buildBalancer(network, firewall);
    const fleet = this.#buildFleet({ network, firewall, store, identity, balancer });
    this.#watch(balancer, fleet);
    declareOutputs(this, {
      url: `https://${this.#hostName(balancer)}`,
      load_balancer: balancer.loadBalancer.arn,
      target_group: balancer.targetGroup.arn,
      auto_scaling_group: fleet.group.name,
      launch_template_id: fleet.launchTemplate.id,
      launch_template_version: Fn.tostring(fleet.launchTemplate.latestVersion),
      release: release.sha256,
      image: props.image.id,
      account: site.accountId,
      region: stage.settings.region,
      stack: name,
      log_groups: logGroupPrefix(name),
    });
    this.#applyRules();
  }

  #configureTerraform(): void {
    const { state, region, account } = this.#settings;
    if (state.backend === 'local') new LocalBackend(this, { path: this.#props.stateFile });
    else {
      const key = `${this.#name}.tfstate`;
      const backend = new S3Backend(this, { bucket: state.bucket, region: state.region, key, encrypt: true });
      backend.addOverride('use_lockfile', true);
    }
    this.addOverride('terraform.required_version', `>= ${oldestTerraform.major}.${oldestTerraform.minor}`);
    // An API that the emulator lacks fails at once; the default of 25 retries would look like a hang.
    const retries = this.#props.site.rehearsal && { maxRetries: 1 };
    new AwsProvider(this, 'aws', { region, ...(account && { allowedAccountIds: [account] }), ...retries });
  }

  #buildIdentity(store: ReleaseStore, logs: Logs): Identity {
    const { permissionsBoundary, fleet } = this.#settings;
    return new Identity(this, 'identity', {
      name: this.#name,
      releases: `${store.bucket.arn}/releases/*`,
      logGroups: logs.groups.map(({ arn }) => arn),
      publishesMemory: fleet.memoryTargetPercent !== undefined,
      permissionsBoundary,
    });
  }

  #buildBalancer(network: Network, firewall: Firewall): LoadBalancer {
    const { balancer: settings } = this.#settings;
    return new LoadBalancer(this, 'balancer', {
      name: this.#name,
      vpcId: network.vpc.id,
      subnetIds: network.subnets.map((subnet) => subnet.id),
      securityGroupId: firewall.balancer.id,
      certificateArn: certificateArn(this, settings.certificate, this.#props.site),
      settings,
      dependsOn: network.routes,
    });
  }

  #buildFleet({ network, firewall, store, identity, balancer }: FleetParts): Fleet {
    const { fleet: settings } = this.#settings;
    const userData = this.#userData();
    const { image } = this.#props;
    return new Fleet(this, 'fleet', {
      name: this.#name,
      revision: revisionOf(userData, settings, image),
      image,
      userData,
      subnetIds: network.subnets.map((subnet) => subnet.id),
      securityGroupId: firewall.machines.id,
      instanceProfileArn: identity.profile.arn,
      targetGroupArn: balancer.targetGroup.arn,
      requestLabel: `${balancer.loadBalancer.arnSuffix}/${balancer.targetGroup.arnSuffix}`,
      tags: { ...this.#tags, [releaseTag]: releaseIdOf(this.#props.release.sha256) },
      settings,
      dependsOn: [store.object, ...identity.permissions, ...network.routes],
    });
  }

  #watch({ loadBalancer, targetGroup }: LoadBalancer, { group }: Fleet): void {
    const { region, ...settings } = this.#settings;
    const watched = { name: this.#name, balancer: loadBalancer.arnSuffix, targetGroup: targetGroup.arnSuffix };
    const { arns } = new Alarms(this, 'alarms', { ...watched, settings: settings.alarms });
    new Dashboard(this, 'dashboard', { ...watched, region, group: group.name, alarms: arns, settings });
  }

  #userData(): string {
    const { release, site } = this.#props;
    const { region } = this.#settings;
    const url = releaseUrl(bucketName(this.#name, site), region, release, site);
    return renderUserData({
      release: { url, sha256: release.sha256, region },
      variables: machineVariables(this.#name, this.#settings, site),
    });
  }

  #hostName({ loadBalancer }: LoadBalancer): string {
    const { certificate } = this.#settings.balancer;
    if (certificate.from !== 'domain') return loadBalancer.dnsName;
    const record = new Route53Record(this, 'address', {
      zoneId: certificate.zone,
      name: certificate.domain,
      type: 'A',
      alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
    });
    return record.fqdn;
  }

  #applyRules(): void {
    Aspects.of(this).add(new Tags(this.#name, this.#tags));
    const { rehearsal } = this.#props.site;
    if (rehearsal) Aspects.of(this).add(new EmulatorQuirks(rehearsal.keepsTemplateTags));
    Aspects.of(this).add(new Guards());
  }
}

/** Returns eight hexadecimal digits that change with everything that a machine boots with. */
function revisionOf(userData: string, settings: Settings['fleet'], image: MachineImage): string {
  const { instanceType, diskGigabytes } = settings;
  const inputs = JSON.stringify([userData, instanceType, image.id, diskGigabytes]);
  return sha256(inputs).slice(0, 8);
}

/** Declares the outputs of a stack, each under its own name. */
function declareOutputs(stack: TerraformStack, outputs: Required<Outputs>): void {
  for (const [name, value] of Object.entries({ ...outputs }))
    new TerraformOutput(stack, name, { value, staticId: true });
}
