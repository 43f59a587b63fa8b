// The rehearsal's cloud. start.ts starts this process in network, mount and process namespaces of their own. When the
// process ends, for any reason, the kernel ends the machines and removes the mounts and links of the namespaces.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { StopInstancesCommand } from '@aws-sdk/client-ec2';
import { installNginx } from './balancer/install-nginx.ts';
import { NginxBalancer } from './balancer/nginx-balancer.ts';
import { systemClock } from './clock.ts';
import { Cloud } from './cloud/cloud.ts';
import { createControl } from './cloud/control.ts';
import { readConsole } from './cloud/logs.ts';
import { Refresher } from './cloud/refresh.ts';
import { Scaling } from './cloud/scaling.ts';
import { descriptors, readyMessage, takeCloudOptions } from './cloud-options.ts';
import { emulatorClients } from './emulator/clients.ts';
import type { DesiredInstance } from './emulator/desired-state.ts';
import { DesiredStateReader } from './emulator/desired-state-reader.ts';
import { motoPort, startMoto } from './emulator/moto.ts';
import { admission } from './gateway/access.ts';
import { balancingLimits } from './gateway/balancing-limits.ts';
import { combineAmendments } from './gateway/combine.ts';
import { consoleAnswers } from './gateway/console-output.ts';
import { forwardTo } from './gateway/forward.ts';
import { createGateway, type GatewayProps } from './gateway/gateway.ts';
import { instanceHealthAmendments } from './gateway/instance-health.ts';
import { Refreshes, refreshAnswers } from './gateway/instance-refresh.ts';
import { launchTemplateAmendments } from './gateway/launched-from.ts';
import { scalingSettingAmendments } from './gateway/scaling-settings.ts';
import { targetHealthAnswers } from './gateway/target-health.ts';
import { trafficSourceAmendments, trafficSourceRewrites } from './gateway/traffic-sources.ts';
import { log } from './log.ts';
import { NspawnMachine } from './machines/nspawn-machine.ts';
import { pruneRecords } from './machines/records.ts';
import { CredentialIssuer } from './metadata/credentials.ts';
import { createMetadataService } from './metadata/service.ts';
import { metadataOf } from './metadata/tree.ts';
import { metadataAddress, storeAddress, storePort } from './network/addresses.ts';
import { cloudNetwork } from './network/commands.ts';
import { VpcNetwork } from './network/vpc-network.ts';
import { Permissions } from './permissions/permissions.ts';
import { userWith } from './permissions/principal.ts';
import { Roles } from './permissions/roles.ts';
import { runAll } from './run.ts';

const { place, region, token, accessKey, otherPorts, image, moto } = takeCloudOptions(process.env);
const ports = { https: place.ports.https, http: place.ports.http, others: otherPorts };
const tls = join(place.folder, 'tls');
const records = join(place.folder, 'machines');
const clients = emulatorClients(region);
const forward = forwardTo(motoPort);
const credentials = new CredentialIssuer();
const permissions = new Permissions(region, clients);
const roles = new Roles(clients.iam);
// An administrator, until a command limits it to the stage's policy.
let user = userWith(undefined);
const refreshes = new Refreshes();
const reader = new DesiredStateReader(clients);
const scaling = new Scaling(clients.autoScaling, () => cloud?.trigger());
const refresher = new Refresher({
  refreshes,
  scaling,
  members: () => cloud?.members ?? new Map(),
  readDesiredState: () => reader.read(),
  clock: systemClock,
});
let balancer: NginxBalancer | undefined;
let cloud: Cloud | undefined;

// The message comes after the registration. Without it, no command would ever find this process.
if ((await text(process.stdin)) !== readyMessage) process.exit(1);
process.on('SIGTERM', () => void stop());
process.on('unhandledRejection', (error) => {
  log('unexpected', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
});
await start().catch((error: Error) => {
  log('the cloud cannot start', { error: error.message });
  process.exit(1);
});

async function start(): Promise<void> {
  // The balancer writes to a tmpfs, which exists in this mount namespace alone; each machine has one of its own.
  await runAll([
    ['mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run'],
    ['mkdir', '-p', '/run/netns'],
    ...cloudNetwork(),
  ]);
  await startEmulator();
  await serveMachines();
  await serveCommands();
  log('the cloud answers', { port: place.ports.api });
  // A command may build the image while this process starts.
  while (!existsSync(image)) await delay(500);
  balancer = new NginxBalancer({
    root: await installNginx(image, tls),
    sockets: [descriptors.https, descriptors.http, ...otherPorts.map((_, index) => descriptors.others + index)],
    log,
  });
  cloud = createCloud(balancer);
  cloud.run();
  for (const refresh of refreshes.underWay()) void refresher.carryOut(refresh);
  log('machines can boot');
}

// moto keeps everything in memory, so a cloud whose moto has ended cannot continue.
async function startEmulator(): Promise<void> {
  const started = await startMoto(moto, place.folder);
  started.once('exit', (code, signal) => {
    log('moto ended', { code, signal });
    process.exit(1);
  });
}

async function serveMachines(): Promise<void> {
  await once(createMetadataService(metadataAt).listen(80, metadataAddress), 'listening');
  const gateway = createGateway({ ...gatewayProps(), admit: admission(machineWith, permissions) });
  await once(gateway.listen(storePort, storeAddress), 'listening');
}

/** Whose credentials of the metadata service a request is signed with. */
function machineWith(accessKeyId: string) {
  const key = credentials.find(accessKeyId);
  const instance = cloud?.members.get(credentials.instanceOf(accessKeyId) ?? '')?.instance;
  const { id, role } = instance ?? {};
  return key && id && role ? { key, principal: () => roles.sessionOf(role, id) } : undefined;
}

function userOf(accessKeyId: string) {
  return accessKeyId === accessKey.accessKeyId ? { key: accessKey, principal: async () => user } : undefined;
}

function gatewayProps(): Omit<GatewayProps, 'admit' | 'control'> {
  return {
    forward,
    answers: {
      ...balancingLimits((port) => !cloud || cloud.hasListenerPort(port)),
      ...consoleAnswers((instance) => readConsole(records, instance)),
      ...targetHealthAnswers((arn) => cloud?.targetsOf(arn) ?? []),
      // A refresh that is requested before machines can boot is carried out then.
      ...refreshAnswers(refreshes, (refresh) => cloud && void refresher.carryOut(refresh)),
    },
    rewrites: trafficSourceRewrites,
    amendments: combineAmendments(
      launchTemplateAmendments((ids) => reader.launchTemplates(ids)),
      trafficSourceAmendments,
      scalingSettingAmendments(),
      instanceHealthAmendments((instance, respectsGracePeriod) =>
        cloud?.declareUnhealthy(instance, respectsGracePeriod),
      ),
    ),
    onChange: () => {
      roles.forget();
      cloud?.trigger();
    },
  };
}

async function serveCommands(): Promise<void> {
  const gateway = createGateway({
    ...gatewayProps(),
    admit: admission(userOf, permissions),
    control: createControl({
      token,
      records,
      certificateArn: await importCertificate(),
      storeEndpoint: `http://${storeAddress}:${storePort}`,
      ports,
      members: () => cloud?.members,
      usePolicy: (policy) => {
        user = userWith(policy);
      },
      stop: () => void stop(),
    }),
  });
  await once(gateway.listen({ fd: descriptors.api }), 'listening');
}

async function importCertificate(): Promise<string> {
  const [Certificate, PrivateKey, CertificateChain] = await Promise.all(
    ['certificate.pem', 'key.pem', 'ca.pem'].map((name) => readFile(join(tls, name))),
  );
  const command = new ImportCertificateCommand({ Certificate, PrivateKey, CertificateChain });
  const { CertificateArn } = await clients.acm.send(command);
  if (!CertificateArn) throw new Error('The emulator imported no certificate');
  return CertificateArn;
}

function createCloud(balancer: NginxBalancer): Cloud {
  return new Cloud({
    readDesiredState: () => reader.read(),
    bootMachine,
    terminate: endInstance,
    onGone: (id) => {
      credentials.forget(id);
      void pruneRecords(records, cloud?.members ?? new Map());
    },
    balancer,
    network: new VpcNetwork(runAll),
    ports,
    log,
  });
}

function bootMachine({ id, address, cidr, diskGigabytes }: DesiredInstance): Promise<NspawnMachine> {
  return NspawnMachine.boot({
    id,
    address,
    cidr,
    diskGigabytes,
    image,
    cgroup: place.cgroup,
    records: join(records, id),
  });
}

// The group of an instance launches another one. An instance without a group stays, stopped.
async function endInstance({ id, group }: DesiredInstance): Promise<void> {
  if (group) await scaling.terminate(id, false);
  else await clients.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
}

function metadataAt(address: string): Map<string, string> | undefined {
  const members = [...(cloud?.members.values() ?? [])];
  const instance = members.find((member) => member.instance.address === address)?.instance;
  return instance && metadataOf(instance, region, credentials.of(instance.id));
}

async function stop(): Promise<void> {
  log('the cloud stops');
  await cloud?.close();
  await balancer?.stop();
  process.exit(0);
}
