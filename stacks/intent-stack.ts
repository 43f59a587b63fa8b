import type { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import type { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js';
import { Aspects, LocalBackend, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { metricsPorts } from '../bootstrap/ports.ts';
import { oldestTerraform } from '../common/oldest-terraform.ts';
import { partitionOf } from '../common/partition.ts';
import { releaseIdOf } from '../common/release-id.ts';
import type { Deployment, Track as TrackId } from '../deployments/deployment.ts';
import type { Stage } from '../stages/load.ts';
import type { Settings } from '../stages/settings.ts';
import { Alarms } from './alarms.ts';
import { LoadBalancer } from './balancer.ts';
import { certificateArn } from './certificate.ts';
import { Dashboard } from './dashboard.ts';
import { Firewall, type MonitoringPorts } from './firewall.ts';
import { Identity, type IdentityProps } from './identity.ts';
import { literal } from './literal.ts';
import { Logs, logGroupPrefix } from './logs.ts';
import type { MachineImage } from './machines.ts';
import { Monitoring } from './monitoring.ts';
import { monitoringId, monitoringName, monitoringTargetGroup } from './monitoring-names.ts';
import { addressIn, type EarlierVersion, movedToBlue } from './moved.ts';
import { Network } from './network.ts';
import type { Outputs } from './outputs.ts';
import { fleetPermissions, monitoringPermissions } from './permissions/roles.ts';
import { scopeOf } from './permissions/scope.ts';
import { type MonitoringArchive, type ReleaseArchive, releaseArchive, uploaded } from './release-archive.ts';
import { ReleaseStore } from './release-store.ts';
import { createRevisionTemplates } from './revision-templates.ts';
import { EmulatorQuirks } from './rules/emulator.ts';
import { Guards } from './rules/guards.ts';
import { Tags } from './rules/tags.ts';
import { Shadow } from './shadow.ts';
import { bucketName, releaseUrl, type Site } from './site.ts';
import { Track } from './track.ts';
import { trackName, tracks } from './track-names.ts';
import { userDataOf } from './user-data.ts';
import { monitoringVariables } from './variables.ts';

export interface IntentStackProps {
  stage: Stage;
  /** What each track has, and what is kept. */
  deployment: Deployment;
  /** Whether the state holds a deployment that is over, as this one is: schedules may have changed the sizes since. */
  wasSettled?: boolean;
  /** The release that this machine has packed; those that were deployed earlier are in the bucket. */
  packed?: ReleaseArchive | undefined;
  /** What the monitoring machine runs; undefined where the stage has none. */
  monitoring?: MonitoringArchive | undefined;
  site: Site;
  /** The path of a local state file, absolute. */
  stateFile: string;
  /** What the monitoring machine boots. */
  image: MachineImage;
  /** Its first script where it is to stay as it is; rendered anew without it. */
  monitoringUserData?: string | undefined;
  /** What a version without tracks has left in the state; undefined without such. */
  earlier?: EarlierVersion | undefined;
}

/** The constructs that the machines depend on. */
interface FleetParts {
  network: Network;
  firewall: Firewall;
  store: ReleaseStore;
  identity: Identity;
  balancer: LoadBalancer;
}

/** One stage: the network, the balancer, the releases and the tracks that serve them. Its id is the name of its resources. */
export class IntentStack extends TerraformStack {
  readonly #name: string;
  readonly #props: IntentStackProps;
  readonly #settings: Settings;
  readonly #tags: Record<string, string>;

  constructor(scope: Construct, name: string, props: IntentStackProps) {
    super(scope, name);
    const { stage, site, packed, monitoring, deployment } = props;
    this.#name = name;
    this.#props = props;
    this.#settings = stage.settings;
    this.#tags = { ...stage.settings.tags, Project: stage.settings.name, Stage: stage.name, ManagedBy: 'terraform' };
    this.#configureTerraform();
    const network = new Network(this, 'network', stage.settings.network);
    const ports = monitoring && monitoringPorts(stage.settings.monitoring);
    const firewall = new Firewall(this, 'firewall', { name, vpcId: network.vpc.id, monitoring: ports });
    const store = new ReleaseStore(this, 'release-store', {
      ...{ bucket: bucketName(name, site), packed, monitoring, requireTls: !site.rehearsal },
      releases: [...new Set(Object.values(deployment.revisions).map(({ release }) => release))].sort(),
    });
    const releases = `${store.bucket.arn}/releases/*`;
    const { permissionsBoundary } = stage.settings;
    const logs = new Logs(this, 'logs', { prefix: logGroupPrefix(name), settings: stage.settings.logs });
    const logGroups = logs.groups.map(({ arn }) => arn);
    const access = { releases, logGroups, permissionsBoundary };
    const further = fleetPermissions(stage.settings, scopeOf(stage, site.accountId));
    const identity = new Identity(this, 'identity', { name, ...access, further });
    const balancer = this.#buildBalancer(network, firewall);
    const parts = { network, firewall, store, identity, balancer };
    const templates = this.#createTemplates(parts);
    const groups = this.#buildTracks(parts, templates);
    const shadow = this.#buildShadow(store);
    this.#buildMonitoring(parts, access);
    this.#watch(balancer);
    declareOutputs(this, {
      ...this.#outputs(balancer, templates),
      deployment: literal(
        deployment,
        [...templates.values(), ...groups, balancer.listener, ...balancer.keyRules, ...shadow].map(addressIn),
      ),
    });
    if (props.earlier) this.addOverride('moved', movedToBlue(this, props.earlier));
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
    // An API that the emulator lacks fails soon; the default of 25 attempts would look like a hang.
    const retries = this.#props.site.rehearsal && { maxRetries: 3 };
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
      traffic: this.#props.deployment,
      hasKeys: this.#settings.service.access === 'keys',
      dependsOn: network.routes,
    });
  }

  #createTemplates({ firewall, identity }: FleetParts): Map<string, LaunchTemplate> {
    return createRevisionTemplates(this, this.#props.deployment.revisions, {
      name: this.#name,
      securityGroupId: firewall.machines.id,
      instanceProfileArn: identity.profile.arn,
      tags: this.#tags,
    });
  }

  /** Returns the groups of the tracks that have had a revision. */
  #buildTracks(parts: FleetParts, templates: ReadonlyMap<string, LaunchTemplate>): AutoscalingGroup[] {
    const { network, store, identity, balancer } = parts;
    const { deployment, wasSettled = false } = this.#props;
    const { fleet: settings } = this.#settings;
    return tracks.flatMap((track) => {
      const sizes = deployment.tracks[track];
      const template = templates.get(sizes.revision ?? '');
      if (!template) return [];
      const isScheduled = deployment.progress === null && deployment.live === track && settings.schedules.length > 0;
      const built = new Track(this, {
        ...{ stack: this.#name, track, sizes, template, settings, targetGroup: balancer.targetGroups[track] },
        subnetIds: network.subnets.map((subnet) => subnet.id),
        balancer: balancer.loadBalancer.arnSuffix,
        schedules: isScheduled ? settings.schedules : [],
        keepsSizes: isScheduled && wasSettled,
        dependsOn: [...store.archives, ...identity.permissions, ...network.routes],
      });
      return [built.group];
    });
  }

  #buildShadow(store: ReleaseStore): SsmParameter[] {
    const { deployment, site } = this.#props;
    const revision = deployment.revisions[deployment.shadow ?? ''];
    if (!revision) return [];
    const { release: sha256 } = revision;
    const release = releaseIdOf(sha256);
    const url = releaseUrl(
      bucketName(this.#name, site),
      this.#settings.region,
      releaseArchive(uploaded, sha256, uploaded),
      site,
    );
    const { parameter } = new Shadow(this, 'shadow', {
      ...{ stack: this.#name, wanted: { release, url, sha256 }, dependsOn: store.archives },
    });
    return [parameter];
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
      userData: this.#monitoringUserData(archive),
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

  #monitoringUserData(archive: MonitoringArchive): string {
    const { site, monitoringUserData } = this.#props;
    const variables = () => monitoringVariables(this.#name, this.#settings, site);
    return monitoringUserData ?? userDataOf(archive, variables(), this.#name, this.#settings.region, site);
  }

  #watch({ loadBalancer, targetGroups }: LoadBalancer): void {
    const { region, ...settings } = this.#settings;
    const watched = {
      name: this.#name,
      balancer: loadBalancer.arnSuffix,
      targetGroups: { blue: targetGroups.blue.arnSuffix, green: targetGroups.green.arnSuffix },
    };
    const { phase, sticky } = this.#props.deployment;
    const keepsBoth = phase === 'warm' || sticky;
    const { arns } = new Alarms(this, 'alarms', { ...watched, settings: settings.alarms, keepsBoth });
    new Dashboard(this, 'dashboard', { ...watched, region, alarms: arns, settings });
  }

  #outputs(balancer: LoadBalancer, templates: ReadonlyMap<string, LaunchTemplate>): Omit<Outputs, 'deployment'> {
    const { monitoring, site, image } = this.#props;
    const resourcesOf = (track: TrackId) => ({
      group: trackName(this.#name, track),
      target_group: balancer.targetGroups[track].arn,
    });
    return {
      url: `https://${this.#hostName(balancer)}`,
      load_balancer: balancer.loadBalancer.arn,
      tracks: { blue: resourcesOf('blue'), green: resourcesOf('green') },
      launch_templates: Object.fromEntries([...templates].map(([revision, { id }]) => [revision, id])),
      account: site.accountId,
      region: this.#settings.region,
      stack: this.#name,
      log_groups: logGroupPrefix(this.#name),
      ...(monitoring && {
        monitoring_target_group: monitoringTargetGroup(this.#name),
        monitoring_machine: {
          ...{ archive: monitoring.sha256, image: image.id, root_device: image.rootDevice },
          user_data: this.#monitoringUserData(monitoring),
        },
      }),
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
  for (const [name, value] of Object.entries({ ...outputs })) {
    const isText = typeof value === 'string';
    const output = new TerraformOutput(stack, name, { value: isText ? value : '', staticId: true });
    // CDKTF reads an object by a function of Node that is deprecated, and says so.
    if (!isText) output.addOverride('value', value);
  }
}
