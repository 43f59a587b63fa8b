import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../common/errors.ts';
import { lastLines } from '../common/last-lines.ts';
import { ensureCertificate } from './certificate.ts';
import { CloudClient } from './client.ts';
import { type CloudOptions, cloudEnvironment, readyMessage } from './cloud-options.ts';
import { imageFolder } from './image/build.ts';
import { logOf, type Place } from './place.ts';
import { register, registered } from './registration.ts';
import { sweep } from './stop.ts';

type StartProps = Pick<CloudOptions, 'place' | 'region' | 'moto'>;

const startTimeoutMilliseconds = 90_000;

/** The number of listeners of load balancers beside those on 443 and 80. */
const otherListeners = 8;

const namespaces = '--net --mount --propagation=private --pid --fork --kill-child=SIGKILL --mount-proc';

/** Returns a client of the place's cloud, which is started if it does not run; resolves when AWS's API answers. */
export async function startCloud(props: StartProps): Promise<CloudClient> {
  const running = await connect(props.place);
  if (running) return running;
  await sweep(props.place);
  await mkdir(props.place.folder, { recursive: true });
  await ensureCertificate(join(props.place.folder, 'tls'));
  await launch(props);
  return untilItAnswers(props.place);
}

/** Returns a client of the running cloud; undefined if none runs or it does not answer. */
export async function connect(place: Place, timeoutMilliseconds?: number): Promise<CloudClient | undefined> {
  const registration = await registered(place);
  if (!registration) return undefined;
  const client = new CloudClient(place, registration, timeoutMilliseconds);
  return client.status().then(
    () => client,
    () => undefined,
  );
}

// The cloud inherits sockets that are opened here: in its own network namespace, 127.0.0.1 is another one.
async function launch({ place, region, moto }: StartProps): Promise<void> {
  const { api, https, http } = place.ports;
  const sockets: Server[] = [];
  const log = openSync(logOf(place), 'a');
  try {
    for (const port of [api, https, http, ...Array(otherListeners).fill(0)]) sockets.push(await listen(port));
    const keys = makeKeys();
    const otherPorts = sockets.slice(3).map((socket) => (socket.address() as AddressInfo).port);
    const options = { place, region, ...keys, otherPorts, image: imageFolder(), moto };
    const cloud = spawn('unshare', [...namespaces.split(' '), process.execPath, join(import.meta.dirname, 'main.ts')], {
      detached: true,
      stdio: ['pipe', log, log, ...sockets.map(descriptorOf)],
      env: cloudEnvironment(options, process.env),
    });
    await once(cloud, 'spawn');
    cloud.unref();
    await register(place, cloud.pid ?? 0, keys);
    // An error means that the cloud has ended, which is found out afterwards.
    cloud.stdin?.on('error', () => undefined).end(readyMessage);
  } finally {
    for (const socket of sockets) socket.close();
    closeSync(log);
  }
}

function makeKeys() {
  return {
    token: randomBytes(32).toString('base64url'),
    accessKey: {
      accessKeyId: `REHEARSAL${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64url'),
    },
  };
}

// Node has no public API for the descriptor of a listening socket.
function descriptorOf(server: Server): number {
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
  if (!Number.isInteger(fd) || fd < 0)
    throw new Error(`This Node (${process.version}) hides the descriptors of its sockets`);
  return fd;
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new UserError(
      `Port ${port} of 127.0.0.1 is in use, and this stage's rehearsal needs it. ` +
        `Find its process (ss -ltnp sport = :${port}) and end it, or move the checkout or rename the stage: ` +
        'its path and its name determine the ports.',
    );
  }
  return server;
}

async function untilItAnswers(place: Place): Promise<CloudClient> {
  const deadline = Date.now() + startTimeoutMilliseconds;
  while (Date.now() < deadline) {
    const client = await connect(place);
    if (client) return client;
    if (!(await registered(place)))
      throw new UserError(`The rehearsal ended:\n${lastLines(await readFile(logOf(place), 'utf8'), 5)}`);
    await delay(100);
  }
  throw new UserError(`The rehearsal did not answer within ${startTimeoutMilliseconds / 1000} s; see ${logOf(place)}`);
}
