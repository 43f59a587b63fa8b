// The rehearsal's cloud. start.ts starts this process in network, mount and process namespaces of their own. When the
// process ends, for any reason, the kernel ends the machines and removes the mounts and links of the namespaces.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { EmulatedAccount } from './account.ts';
import { installNginx } from './balancer/install-nginx.ts';
import { NginxBalancer } from './balancer/nginx-balancer.ts';
import { Cloud } from './cloud/cloud.ts';
import { createControl } from './cloud/control.ts';
import { descriptors, readyMessage, takeCloudOptions } from './cloud-options.ts';
import type { DesiredInstance } from './emulator/desired-state.ts';
import { startMoto } from './emulator/moto.ts';
import { admission } from './gateway/access.ts';
import { createGateway } from './gateway/gateway.ts';
import { log } from './log.ts';
import { NspawnMachine } from './machines/nspawn-machine.ts';
import { pruneRecords } from './machines/records.ts';
import { CredentialIssuer } from './metadata/credentials.ts';
import { createMetadataService } from './metadata/service.ts';
import { metadataOf } from './metadata/tree.ts';
import { createMonitor } from './monitor.ts';
import { metadataAddress, storeAddress, storePort } from './network/addresses.ts';
import { cloudNetwork } from './network/commands.ts';
import { VpcNetwork } from './network/vpc-network.ts';
import { userWith } from './permissions/principal.ts';
import { runAll } from './run.ts';

const { place, region, token, accessKey, otherPorts, image, moto } = takeCloudOptions(process.env);
const ports = { https: place.ports.https, http: place.ports.http, others: otherPorts };
const tls = join(place.folder, 'tls');
const records = join(place.folder, 'machines');
const credentials = new CredentialIssuer();
const account = new EmulatedAccount({ region, records, cloud: () => cloud });
const closing = new AbortController();
// An administrator, until a command limits it to the stage's policy.
let user = userWith(undefined);
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
  const root = await installNginx(image, tls);
  balancer = new NginxBalancer({
    root,
    sockets: [descriptors.https, descriptors.http, ...otherPorts.map((_, index) => descriptors.others + index)],
    log,
  });
  cloud = createCloud(balancer);
  cloud.run();
  void createMonitor({ account, cloud, root, cgroup: place.cgroup, log }).run(closing.signal);
  account.resumeRefreshes();
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
  const gateway = createGateway({ ...account.gatewayProps(), admit: admission(machineWith, account.permissions) });
  await once(gateway.listen(storePort, storeAddress), 'listening');
}

/** Whose credentials of the metadata service a request is signed with. */
function machineWith(accessKeyId: string) {
  const issued = credentials.find(accessKeyId);
  const { id, role } = cloud?.members.get(issued?.instance ?? '')?.instance ?? {};
  return issued && id && role
    ? { key: issued.credentials, principal: () => account.roles.sessionOf(role, id) }
    : undefined;
}

function userOf(accessKeyId: string) {
  return accessKeyId === accessKey.accessKeyId ? { key: accessKey, principal: async () => user } : undefined;
}

async function serveCommands(): Promise<void> {
  const gateway = createGateway({
    ...account.gatewayProps(),
    admit: admission(userOf, account.permissions),
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
  const { CertificateArn } = await account.clients.acm.send(command);
  if (!CertificateArn) throw new Error('The emulator imported no certificate');
  return CertificateArn;
}

function createCloud(balancer: NginxBalancer): Cloud {
  return new Cloud({
    readDesiredState: account.readDesiredState,
    bootMachine,
    terminate: (instance) => account.endInstance(instance),
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

function bootMachine(instance: DesiredInstance): Promise<NspawnMachine> {
  return NspawnMachine.boot({ ...instance, image, cgroup: place.cgroup, records: join(records, instance.id) });
}

function metadataAt(address: string): Map<string, string> | undefined {
  const members = [...(cloud?.members.values() ?? [])];
  const instance = members.find((member) => member.instance.address === address)?.instance;
  return instance && metadataOf(instance, region, credentials.of(instance.id));
}

async function stop(): Promise<void> {
  log('the cloud stops');
  closing.abort();
  await cloud?.close();
  await balancer?.stop();
  process.exit(0);
}
