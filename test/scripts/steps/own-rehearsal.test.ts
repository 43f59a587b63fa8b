import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import anyTest, { type ExecutionContext } from 'ava';
import { checkoutFolder } from '../../../common/paths.ts';
import { isAlive } from '../../../common/processes.ts';
import { imageFolder } from '../../../rehearsal/image/build.ts';
import { type Place, placeBeside } from '../../../rehearsal/place.ts';
import { registered } from '../../../rehearsal/registration.ts';
import { removeCloud } from '../../../rehearsal/stop.ts';
import { ownPlace, startOwn } from '../../../scripts/steps/own-rehearsal.ts';
import { addProgram } from '../../support/programs.ts';
import { freePort } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// A rehearsal needs root, also one without machines.
const test = process.getuid?.() === 0 ? anyTest.serial : anyTest.serial.skip;

anyTest('the place of a rehearsal is that of its name, aws without one', (t) => {
  t.deepEqual(ownPlace({}), placeBeside(checkoutFolder, 'aws'));
  t.deepEqual(ownPlace({ NAME: '' }), placeBeside(checkoutFolder, 'aws'));
  t.deepEqual(ownPlace({ NAME: 'shop-2' }), placeBeside(checkoutFolder, 'shop-2'));
});

anyTest('a name that could be a path, an option or a stage is refused', (t) => {
  for (const name of ['..', '/tmp', 'a b', '-a', '_a', 'Shop', 'a\n', '2', 'a'.repeat(21), '$(id)'])
    t.throws(() => ownPlace({ NAME: name }), {
      name: 'UserError',
      message: `NAME=${name}: expected at most 20 lower-case letters, digits and hyphens, a letter first`,
    });
});

// Answers each request with $STATUS, and ends at a request to stop.
const cloud = `
const server = require('node:http').createServer(({ method }, response) =>
  response.end(process.env.STATUS, () => method === 'POST' && process.exit()));
process.stdin.resume().on('end', () => server.listen({ fd: 3 }));`;

const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/1';
const ports = { https: 1, http: 2, others: [] };

/** A place whose cloud answers with this status. */
async function placeOfCloud(t: ExecutionContext, status: object): Promise<Place> {
  process.env.XDG_CACHE_HOME = await temporaryFolder(t);
  await mkdir(imageFolder(), { recursive: true });
  await addProgram(t, 'python3', '#!/bin/sh\necho 5.2.1\n');
  const folder = await addProgram(t, 'unshare', `#!/bin/sh\nexec ${process.execPath} -e "$CLOUD"\n`);
  Object.assign(process.env, { CLOUD: cloud, STATUS: JSON.stringify({ certificateArn, ports, ...status }) });
  const [api, https, http] = [await freePort(), await freePort(), await freePort()];
  const place = { ...placeBeside(folder, 'test'), ports: { api, https, http } };
  t.teardown(() => removeCloud(place));
  return place;
}

const start = (place: Place, region = 'eu-central-1') => startOwn(place, region, () => undefined);

test('a start returns what machines can boot in, and a second one finds it', async (t) => {
  const place = await placeOfCloud(t, { ready: true });
  const first = await start(place);
  t.like(first, { region: 'eu-central-1', certificateArn, ports });
  const before = await registered(place);
  const second = await start(place);
  t.deepEqual(second.client.accessKey, first.client.accessKey);
  t.deepEqual(await registered(place), before);
});

test('a rehearsal of another region is refused, and goes on', async (t) => {
  const place = await placeOfCloud(t, { ready: true });
  await start(place);
  await t.throwsAsync(start(place, 'us-east-1'), {
    name: 'UserError',
    message: 'AWS_REGION=us-east-1: the rehearsal that runs is in eu-central-1. End it: make rehearsal-stop',
  });
  t.not(await registered(place), undefined);
});

test('a signal ends the start and all that it has started', async (t) => {
  const place = await placeOfCloud(t, { ready: false });
  const starting = start(place);
  while (!(await registered(place))) await delay(20);
  const registration = await registered(place);
  process.emit('SIGINT', 'SIGINT');
  const message = 'The start was interrupted; nothing of it is left';
  await t.throwsAsync(starting, { name: 'InterruptedError', message });
  t.false(registration && isAlive(registration));
  t.false(existsSync(place.folder));
  t.is(process.listenerCount('SIGINT'), 0);
});
