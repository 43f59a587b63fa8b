// The rehearsal's cloud: runs in network, mount and process namespaces of its own, as `start.ts` starts it.
// When it ends, however it ends, the kernel ends its machines and removes its mounts and links with it.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { Balancer } from './balancer/balancer.ts';
import { Cloud } from './cloud/cloud.ts';
import { createControl } from './cloud/control.ts';
import { Refresher } from './cloud/refresh.ts';
import { descriptors, readCloudOptions, readyMessage } from './cloud-options.ts';
import { type Clients, emulatorClients } from './emulator/clients.ts';
import { motoPort, startMoto } from './emulator/moto.ts';
import { forwardTo } from './gateway/forward.ts';
import { createGateway } from './gateway/gateway.ts';
import { type Refresh, Refreshes, refreshAnswers } from './gateway/instance-refresh.ts';
import { createStore } from './gateway/store.ts';
import { targetHealthAnswers } from './gateway/target-health.ts';
import { CredentialIssuer } from './metadata/credentials.ts';
import { createMetadataService } from './metadata/service.ts';
import { metadataOf } from './metadata/tree.ts';
import { metadataAddress, storeAddress } from './network/addresses.ts';
import { cloudNetwork } from './network/commands.ts';
import { runAll } from './run.ts';

const { place, region, token, image, moto: motoProgram } = readCloudOptions(process.env);
const storeEndpoint = `http://${storeAddress}`;
let cloud: Cloud | undefined;
let balancer: Balancer | undefined;

// Who started this process says a word once it is registered. If that one was ended before, nobody knows of this one.
if ((await text(process.stdin)) !== readyMessage) process.exit(1);

process.on('SIGTERM', () => void stop());
process.on('unhandledRejection', (error) => {
  log('unexpected', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
});

// Everything that machines and balancer write goes to a tmpfs that nobody else sees.
await runAll([
  ['mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run'],
  ['mkdir', '-p', '/run/netns'],
  ...cloudNetwork(),
]);
const moto = await startMoto(motoProgram, place.folder);
// It keeps all it knows in memory: without it there is no cloud, and the next command starts another one.
moto.once('exit', (code, signal) => {
  log('moto ended', { code, signal });
  process.exit(1);
});
const forward = forwardTo(motoPort);
const clients = emulatorClients(region);
const refreshes = new Refreshes();
const credentials = new CredentialIssuer();
const gateway = createGateway({
  forward,
  answers: {
    ...targetHealthAnswers((arn) => cloud?.targetsOf(arn) ?? []),
    ...refreshAnswers(refreshes, (refresh) => {
      if (cloud) void carryOut(cloud, refresh);
    }),
  },
  onChange: () => cloud?.look(),
  control: createControl({
    token,
    records: join(place.folder, 'machines'),
    certificateArn: await importCertificate(clients),
    storeEndpoint,
    cloud: () => cloud,
    stop: () => void stop(),
  }),
});
await listening(createMetadataService(treeOf).listen(80, metadataAddress));
await listening(createStore(forward, (key) => credentials.find(key)).listen(80, storeAddress));
await listening(gateway.listen({ fd: descriptors.api }));
log('the cloud answers', { port: place.ports.api });

// The image may still be in the making.
while (!existsSync(image)) await delay(500);
balancer = await Balancer.install({
  image,
  certificate: join(place.folder, 'tls/certificate.pem'),
  key: join(place.folder, 'tls/key.pem'),
  sockets: [descriptors.https, descriptors.http],
  log: 2,
});
await mkdir(join(place.folder, 'machines'), { recursive: true });
cloud = new Cloud({ place, clients, balancer, image, log, onGone: (instance) => credentials.forget(instance) });
cloud.run();
for (const refresh of refreshes.underWay()) void carryOut(cloud, refresh);
log('machines can boot');

async function importCertificate({ acm }: Clients): Promise<string> {
  const [Certificate, PrivateKey, CertificateChain] = await Promise.all(
    ['certificate.pem', 'key.pem', 'ca.pem'].map((name) => readFile(join(place.folder, 'tls', name))),
  );
  const { CertificateArn } = await acm.send(
    new ImportCertificateCommand({ Certificate, PrivateKey, CertificateChain }),
  );
  if (!CertificateArn) throw new Error('The emulator imported no certificate');
  return CertificateArn;
}

function carryOut(running: Cloud, refresh: Refresh): Promise<void> {
  return new Refresher(running, clients, refreshes).carryOut(refresh);
}

function treeOf(address: string): Map<string, () => string> | undefined {
  const members = [...(cloud?.members.values() ?? [])];
  const instance = members.find((member) => member.instance.address === address)?.instance;
  return instance && metadataOf(instance, region, () => credentials.of(instance.id));
}

async function listening(server: Server): Promise<void> {
  await once(server, 'listening');
}

async function stop(): Promise<void> {
  log('the cloud stops');
  await cloud?.close();
  await balancer?.stop();
  process.exit(0);
}

function log(message: string, details: object = {}): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...details }));
}
