import test from 'ava';
import { readSettings } from '../../../shadow/fetch/settings.ts';

const environment = {
  SHADOW_REGION: 'eu-central-1',
  SHADOW_ENDPOINT: 'https://ssm.eu-central-1.amazonaws.com',
  SHADOW_PARAMETER: '/fleet/shadow',
  SHADOW_RELEASES: 'https://bucket.s3.eu-central-1.amazonaws.com/releases',
  STATE_DIRECTORY: '/var/lib/intent-fleet-shadow',
};

test('the unit says where the name of the shadow and its archive are', (t) => {
  t.deepEqual(readSettings(environment), {
    region: 'eu-central-1',
    endpoint: 'https://ssm.eu-central-1.amazonaws.com',
    parameter: '/fleet/shadow',
    releases: 'https://bucket.s3.eu-central-1.amazonaws.com/releases',
    state: '/var/lib/intent-fleet-shadow',
    metadata: 'http://169.254.169.254',
  });
});

for (const name of Object.keys(environment)) {
  test(`without ${name} nothing starts`, (t) => {
    const message = `${name}: expected a value, got nothing; the unit intent-fleet-shadow-fetch.service sets it`;
    t.throws(() => readSettings({ ...environment, [name]: '' }), { message });
  });
}
