import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLines } from '../common/last-lines.ts';
import { isAlive } from '../common/processes.ts';
import { ensureCertificate } from './certificate.ts';
import { CloudClient } from './client.ts';
import { cloudOptionsVariable, readyMessage } from './cloud-options.ts';
import { imageFolder } from './image/build.ts';
import type { Place } from './place.ts';
import { type Registration, register, registered } from './registration.ts';
import { sweep } from './stop.ts';

export interface StartProps {
  place: Place;
  region: string;
  /** The program that emulates AWS's API. */
  moto: string;
}

const patienceMilliseconds = 90_000;

/** The running cloud of this checkout, started unless it runs; resolves when AWS's API answers. */
export async function startCloud(props: StartProps): Promise<CloudClient> {
  const running = await connect(props.place);
  if (running) return running;
  await sweep(props.place);
  await mkdir(props.place.folder, { recursive: true });
  await ensureCertificate(join(props.place.folder, 'tls'));
  const registration = await launch(props);
  return untilItAnswers(props.place, registration);
}

/** A client of the running cloud; undefined where none runs or none answers. */
export async function connect(place: Place): Promise<CloudClient | undefined> {
  const registration = await registered(place);
  if (!registration) return undefined;
  const client = new CloudClient(place, registration);
  return (await answers(client)) ? client : undefined;
}

async function answers(client: CloudClient): Promise<boolean> {
  try {
    await client.status();
    return true;
  } catch {
    return false;
  }
}

// The sockets are opened here, where 127.0.0.1 is the user's own, and inherited by the cloud, which has a network apart.
async function launch({ place, region, moto }: StartProps): Promise<Registration> {
  const { api, https, http } = place.ports;
  const sockets: Server[] = [];
  const log = openSync(logOf(place), 'a');
  try {
    for (const port of [api, https, http]) sockets.push(await open(port));
    const token = randomBytes(32).toString('base64url');
    const orders = cloudOptionsVariable({ place, region, token, image: imageFolder(), moto });
    const cloud = spawn('unshare', [...namespaces, process.execPath, join(import.meta.dirname, 'main.ts')], {
      detached: true,
      stdio: ['pipe', log, log, ...sockets.map(descriptorOf)],
      env: { ...withoutAws(process.env), ...orders },
    });
    await once(cloud, 'spawn');
    cloud.unref();
    await register(place, cloud.pid ?? 0, token);
    // One that has ended already is noticed below.
    cloud.stdin?.on('error', () => undefined).end(readyMessage);
  } finally {
    for (const socket of sockets) socket.close();
    closeSync(log);
  }
  const registration = await registered(place);
  if (!registration) throw new Error(`The rehearsal ended at once; see ${logOf(place)}`);
  return registration;
}

// Node keeps a listening socket's descriptor in its handle and has no public name for it.
function descriptorOf(server: Server): number {
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
  if (!Number.isInteger(fd) || fd < 0)
    throw new Error(`This Node (${process.version}) hides the descriptors of its sockets`);
  return fd;
}

// Whatever the user's own account is: nothing here must ever reach it.
function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
}

const namespaces = [
  '--net',
  '--mount',
  '--propagation=private',
  '--pid',
  '--fork',
  '--kill-child=SIGKILL',
  '--mount-proc',
];

async function open(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${port} of 127.0.0.1 is taken, and this checkout's rehearsal needs it. ` +
        `See who has it (ss -ltnp sport = :${port}) and end that, or move the checkout: its path decides on its ports.`,
    );
  }
  return server;
}

async function untilItAnswers(place: Place, registration: Registration): Promise<CloudClient> {
  const client = new CloudClient(place, registration);
  const deadline = Date.now() + patienceMilliseconds;
  while (Date.now() < deadline) {
    if (!isAlive(registration)) throw new Error(`The rehearsal ended:\n${await lastWords(place)}`);
    if (await answers(client)) return client;
    await delay(100);
  }
  throw new Error(`The rehearsal did not answer within ${patienceMilliseconds / 1000} s; see ${logOf(place)}`);
}

function logOf(place: Place): string {
  return join(place.folder, 'cloud.log');
}

async function lastWords(place: Place): Promise<string> {
  return lastLines(await readFile(logOf(place), 'utf8'), 5);
}
