import test from 'ava';
import { cloudEnvironment, descriptors, takeCloudOptions } from '../../rehearsal/cloud-options.ts';
import { placeOf } from '../../rehearsal/place.ts';

const options = {
  place: placeOf('/fleet', 'rehearsal'),
  region: 'eu-central-1',
  token: 't',
  accessKey: { accessKeyId: 'k', secretAccessKey: 's' },
  otherPorts: [41_001],
  image: '/image',
  moto: '/moto_server',
};

test("the environment passes the options, and nothing of the user's AWS account or npm's programs", (t) => {
  const users = { AWS_PROFILE: 'mine', AWS_ENDPOINT_URL: 'https://example.com', PATH: '/fleet/node_modules/.bin:/bin' };
  const environment = cloudEnvironment(options, users);
  t.deepEqual(environment, { PATH: '/bin', INTENT_FLEET_REHEARSAL: JSON.stringify(options) });
  t.deepEqual(takeCloudOptions(environment), options);
  t.deepEqual(environment, { PATH: '/bin' });
  t.deepEqual(descriptors, { api: 3, https: 4, http: 5, others: 6 });
});

test('missing options are refused', (t) => {
  t.throws(() => takeCloudOptions({}), {
    message: 'INTENT_FLEET_REHEARSAL: expected the options of the cloud, got nothing; start it with `make apply`',
  });
});
