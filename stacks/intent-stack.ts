import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import { Aspects, Fn, LocalBackend, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { metricsPorts } from '../bootstrap/ports.ts';
import { type MachineUserData, renderUserData } from '../bootstrap/user-data.ts';
import { oldestTerraform } from '../common/oldest-terraform.ts';
import { partitionOf } from '../common/partition.ts';
import { releaseIdOf } from '../common/release-id.ts';
import type { Stage } from '../stages/load.ts';
import type { Settings } from '../stages/settings.ts';
import { Alarms } from './alarms.ts';
import { LoadBalancer } from './balancer.ts';
import { certificateArn } from './certificate.ts';
import { Dashboard } from './dashboard.ts';
import { Firewall, type MonitoringPorts } from './firewall.ts';
import { Fleet } from './fleet.ts';
import { Identity, type IdentityProps } from './identity.ts';
import { Logs, logGroupPrefix } from './logs.ts';
import { type MachineImage, releaseTag } from './machines.ts';
import { Monitoring } from './monitoring.ts';
import { monitoringId, monitoringName, monitoringTargetGroup } from './monitoring-names.ts';
import { Network } from './network.ts';
import type { Outputs } from './outputs.ts';
import { fleetPermissions, monitoringPermissions } from './permissions/roles.ts';
import type { MonitoringArchive, ReleaseArchive } from './release-archive.ts';
import { ReleaseStore } from './release-store.ts';
import { EmulatorQuirks } from './rules/emulator.ts';
import { Guards } from './rules/guards.ts';
import { Tags } from './rules/tags.ts';
import { bucketName, releaseUrl, type Site } from './site.ts';
import { machineVariables, monitoringVariables } from './variables.ts';

export interface IntentStackProps {
  stage: Stage;
  release: ReleaseArchive;
  /** What the monitoring machine runs; undefined where the stage has none. */
  monitoring?: MonitoringArchive | undefined;
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
    const ports = props.monitoring && monitoringPorts(stage.settings.monitoring);
    const firewall = new Firewall(this, 'firewall', { name, vpcId: network.vpc.id, monitoring: ports });
    const bucket = bucketName(name, site);
    const { monitoring } = props;
    const store = new ReleaseStore(this, 'release-store', { bucket, release, monitoring, requireTls: !site.rehearsal });
    const releases = `${store.bucket.arn}/releases/*`;
    const { permissionsBoundary } = stage.settings;
    const logs = new Logs(this, 'logs', { prefix: logGroupPrefix(name), settings: stage.settings.logs });
    const logGroups = logs.groups.map(({ arn }) => arn);
    const access = { releases, logGroups, permissionsBoundary };
    const further = fleetPermissions(stage.settings.fleet);
    const identity = new Identity(this, 'identity', { name, ...access, further });
    const balancer = this.#buildBalancer(network, firewall);
    const parts = { network, firewall, store, identity, balancer };
    const fleet = this.#buildFleet(parts);
    this.#buildMonitoring(parts, access);
    this.#watch(balancer, fleet);
    declareOutputs(this, this.#outputs(balancer, fleet));
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
    return new Fleet(this, 'fleet', {
      name: this.#name,
      image: this.#props.image,
      userData: this.#userData(this.#props.release, machineVariables(this.#name, this.#settings, this.#props.site)),
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

  #buildMonitoring(
    { network, firewall, store, balancer }: FleetParts,
    access: Pick<IdentityProps, 'releases' | 'logGroups' | 'permissionsBoundary'>,
  ): void {
    const { monitoring: archive, site, image } = this.#props;
    if (!archive || !firewall.monitoring || !store.monitoring) return;
    const { monitoring: settings, region, fleet } = this.#settings;
    const further = monitoringPermissions(settings, (of) => `arn:${partitionOf(region)}:aps:${of}:${site.accountId}`);
    const identity = new Identity(this, 'monitoring-identity', {
      ...{ name: monitoringName(this.#name), ...access, further },
    });
    new Monitoring(this, monitoringId, {
      stack: this.#name,
      image,
      userData: this.#userData(archive, monitoringVariables(this.#name, this.#settings, site)),
      vpcId: network.vpc.id,
      subnetIds: network.subnets.map((subnet) => subnet.id),
      securityGroupId: firewall.monitoring.id,
      instanceProfileArn: identity.profile.arn,
      listenerArn: balancer.listener.arn,
      tags: this.#tags,
      settings,
      healthCheckGraceSeconds: fleet.healthCheckGraceSeconds,
      dependsOn: [store.monitoring, ...identity.permissions, ...network.routes],
    });
  }

  #watch({ loadBalancer, targetGroup }: LoadBalancer, { group }: Fleet): void {
    const { region, ...settings } = this.#settings;
    const watched = { name: this.#name, balancer: loadBalancer.arnSuffix, targetGroup: targetGroup.arnSuffix };
    const { arns } = new Alarms(this, 'alarms', { ...watched, settings: settings.alarms });
    new Dashboard(this, 'dashboard', { ...watched, region, group: group.name, alarms: arns, settings });
  }

  #userData(archive: MonitoringArchive, variables: MachineUserData['variables']): string {
    const { site } = this.#props;
    const { region } = this.#settings;
    const url = releaseUrl(bucketName(this.#name, site), region, archive, site);
    return renderUserData({ release: { url, sha256: archive.sha256, region }, variables });
  }

  #outputs(balancer: LoadBalancer, fleet: Fleet): Outputs {
    const { release, monitoring, image, site } = this.#props;
    return {
      url: `https://${this.#hostName(balancer)}`,
      load_balancer: balancer.loadBalancer.arn,
      target_group: balancer.targetGroup.arn,
      auto_scaling_group: fleet.group.name,
      launch_template_id: fleet.launchTemplate.id,
      launch_template_version: Fn.tostring(fleet.launchTemplate.latestVersion),
      release: release.sha256,
      image: image.id,
      account: site.accountId,
      region: this.#settings.region,
      stack: this.#name,
      log_groups: logGroupPrefix(this.#name),
      ...(monitoring && { monitoring_target_group: monitoringTargetGroup(this.#name) }),
    };
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

function monitoringPorts({ alertmanager }: Settings['monitoring']): MonitoringPorts {
  return {
    metrics: metricsPorts.listener,
    alertmanager: alertmanager === undefined ? undefined : Number(alertmanager.split(':').at(-1)),
  };
}

/** Declares the outputs of a stack, each under its own name. */
function declareOutputs(stack: TerraformStack, outputs: Outputs): void {
  for (const [name, value] of Object.entries({ ...outputs }))
    new TerraformOutput(stack, name, { value, staticId: true });
}
