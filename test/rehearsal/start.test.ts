import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type CloudOptions, takeCloudOptions } from '../../rehearsal/cloud-options.ts';
import { type Place, placeOf } from '../../rehearsal/place.ts';
import { connect, startCloud } from '../../rehearsal/start.ts';
import { sweep } from '../../rehearsal/stop.ts';
import { addProgram } from '../support/programs.ts';
import { freePort, listen } from '../support/servers.ts';

const options = { region: 'eu-central-1', moto: '/moto_server' };

/** A place whose cloud is `script` instead of unshare with main.ts. */
async function placeWith(t: ExecutionContext, script: string): Promise<Place> {
  const folder = await addProgram(t, 'unshare', `#!/bin/sh\n${script}\n`);
  const [api, https, http] = [await freePort(), await freePort(), await freePort()];
  const place = { ...placeOf(folder, 'rehearsal'), ports: { api, https, http } };
  t.teardown(() => sweep(place));
  return place;
}

// Records its start and answers on the inherited sockets with their descriptors.
const cloud = `
const { text } = require('node:stream/consumers');
const { writeFileSync } = require('node:fs');
text(process.stdin).then((message) => {
  writeFileSync(process.env.RECORD, JSON.stringify({ message, arguments: process.argv.slice(1), environment: process.env }));
  for (const fd of [3, 4, 5, 6, 13])
    require('node:http').createServer((_, response) => response.end(JSON.stringify({ fd }))).listen({ fd });
});`;

test.serial('the cloud gets its options and sockets, and is started once', async (t) => {
  const place = await placeWith(t, `exec ${process.execPath} -e "$CLOUD" -- "$@"`);
  const record = join(place.folder, 'record.json');
  Object.assign(process.env, { CLOUD: cloud, RECORD: record });
  t.is(await connect(place), undefined);
  const client = await startCloud({ place, ...options });
  t.is(client.endpoint, `http://127.0.0.1:${place.ports.api}`);
  const started = JSON.parse(await readFile(record, 'utf8'));
  const { otherPorts } = JSON.parse(started.environment.INTENT_FLEET_REHEARSAL) as CloudOptions;
  t.is(otherPorts.length, 8);
  const { api, https, http } = place.ports;
  for (const [port, fd] of [
    [api, 3],
    [https, 4],
    [http, 5],
    [otherPorts[0], 6],
    [otherPorts[7], 13],
  ])
    t.deepEqual(await (await fetch(`http://127.0.0.1:${port}`)).json(), { fd });
  t.is(started.message, 'registered');
  t.deepEqual(started.arguments, [
    ...['--net', '--mount', '--propagation=private', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'],
    ...[process.execPath, join(import.meta.dirname, '../../rehearsal/main.ts')],
  ]);
  const { token, accessKey, image, ...others }: CloudOptions = takeCloudOptions(started.environment);
  t.deepEqual(others, { place, ...options, otherPorts });
  t.regex(token, /^[\w-]{43}$/);
  t.regex(accessKey.accessKeyId, /^REHEARSAL[0-9A-F]{16}$/);
  t.regex(accessKey.secretAccessKey, /^[\w-]{40}$/);
  t.deepEqual(client.accessKey, accessKey);
  t.deepEqual(JSON.parse(await readFile(join(place.folder, 'cloud.json'), 'utf8')).accessKey, accessKey);
  t.regex(image, /\/debian-12-[0-9a-f]{12}$/);
  await rm(record);
  await startCloud({ place, ...options });
  t.deepEqual((await readdir(place.folder)).sort(), ['cloud.json', 'cloud.log', 'tls']);
});

test.serial('a cloud that ends instead of starting is an error with the end of its log', async (t) => {
  const place = await placeWith(t, 'echo "moto_server: not found"; exit 1');
  const message = 'The rehearsal ended:\nmoto_server: not found';
  await t.throwsAsync(startCloud({ place, ...options }), { name: 'UserError', message });
});

test.serial('a port in use is an error with what to do', async (t) => {
  const place = await placeWith(t, 'exit 1');
  place.ports.http = await listen(t, createServer());
  const { http } = place.ports;
  const message =
    `Port ${http} of 127.0.0.1 is in use, and this stage's rehearsal needs it. ` +
    `Find its process (ss -ltnp sport = :${http}) and end it, or move the checkout or rename the stage: ` +
    'its path and its name determine the ports.';
  await t.throwsAsync(startCloud({ place, ...options }), { name: 'UserError', message });
});
