import { join, relative } from 'node:path';
import test from 'ava';
import { checkoutFolder } from '../../common/paths.ts';
import { curlCommand, endpointOf } from '../../deployments/endpoint.ts';
import type { CloudClient } from '../../rehearsal/client.ts';
import { placeOf } from '../../rehearsal/place.ts';
import { outputs } from './aws.ts';

const access = { region: 'r', endpoint: undefined, credentials: undefined };
const target = { access, site: { accountId: '1' }, rehearsal: undefined };
const request = `-H 'content-type: application/json' -d '{"text":"Great service!"}'`;

test("the rehearsal's endpoint is on this machine, with its own authority", (t) => {
  const place = placeOf(checkoutFolder, 'canary');
  const authority = join(place.folder, 'tls/ca.pem');
  const url = `https://localhost:${place.ports.https}`;
  const endpoint = endpointOf({ ...target, rehearsal: { place } as CloudClient }, outputs);
  t.deepEqual(endpoint, { url, authority, acceptsAnyName: false });
  const trust = `--cacert ${relative(process.cwd(), authority)}`;
  t.is(curlCommand(endpoint, 'Great service!'), `curl ${trust} ${url}/predict ${request}`);
});

test("the endpoint on AWS is the domain, or the load balancer's own name", (t) => {
  const at = (url: string) => endpointOf(target, { ...outputs, url });
  const url = 'https://intents.example.com';
  t.deepEqual(at(url), { url, authority: undefined, acceptsAnyName: false });
  t.is(curlCommand(at(url), 'Great service!'), `curl ${url}/predict ${request}`);
  const own = 'https://intent-fleet-1.eu-central-1.elb.amazonaws.com';
  t.deepEqual(at(own), { url: own, authority: undefined, acceptsAnyName: true });
  t.is(curlCommand(at(own), 'Great service!'), `curl --insecure ${own}/predict ${request}`);
});

test('a text with quotes is one word of the command line', (t) => {
  const endpoint = { url: 'https://intents.example.com', authority: undefined, acceptsAnyName: false };
  const [, body] = curlCommand(endpoint, `I can't "log in"`).split(' -d ');
  t.is(body, String.raw`'{"text":"I can'\''t \"log in\""}'`);
});
