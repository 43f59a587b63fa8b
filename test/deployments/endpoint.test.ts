import { join, relative } from 'node:path';
import test from 'ava';
import { checkoutFolder } from '../../common/paths.ts';
import { endpointOf } from '../../deployments/endpoint.ts';
import type { CloudClient } from '../../rehearsal/client.ts';
import { placeOf } from '../../rehearsal/place.ts';
import { outputs } from './aws.ts';

const access = { region: 'r', endpoint: undefined, credentials: undefined };
const target = { access, site: { accountId: '1' }, rehearsal: undefined };
const request = `-H 'content-type: application/json' -d '{"text": "Great service!"}'`;

test("the rehearsal's endpoint is on this machine, with its own authority", (t) => {
  const place = placeOf(checkoutFolder, 'canary');
  const authority = join(place.folder, 'tls/ca.pem');
  const url = `https://localhost:${place.ports.https}`;
  t.deepEqual(endpointOf({ ...target, rehearsal: { place } as CloudClient }, outputs), {
    url,
    authority,
    acceptsAnyName: false,
    curl: `curl --cacert ${relative(process.cwd(), authority)} ${url}/predict ${request}`,
  });
});

test("the endpoint on AWS is the domain, or the load balancer's own name", (t) => {
  const at = (url: string) => endpointOf(target, { ...outputs, url });
  t.deepEqual(at('https://intents.example.com'), {
    url: 'https://intents.example.com',
    authority: undefined,
    acceptsAnyName: false,
    curl: `curl https://intents.example.com/predict ${request}`,
  });
  const own = 'https://intent-fleet-1.eu-central-1.elb.amazonaws.com';
  t.deepEqual(at(own), {
    url: own,
    authority: undefined,
    acceptsAnyName: true,
    curl: `curl --insecure ${own}/predict ${request}`,
  });
});
