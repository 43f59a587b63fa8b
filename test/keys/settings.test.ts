import test from 'ava';
import { readSettings } from '../../keys/settings.ts';

const environment = {
  KEYS_REGION: 'eu-central-1',
  KEYS_ENDPOINT: 'https://ssm.eu-central-1.amazonaws.com',
  KEYS_PATH: '/fleet/api-keys',
  STATE_DIRECTORY: '/var/lib/intent-fleet-keys',
};

test('the unit says where the keys are', (t) => {
  t.deepEqual(readSettings(environment), {
    region: 'eu-central-1',
    endpoint: 'https://ssm.eu-central-1.amazonaws.com',
    path: '/fleet/api-keys',
    state: '/var/lib/intent-fleet-keys',
    metadata: 'http://169.254.169.254',
  });
});

for (const name of Object.keys(environment)) {
  test(`without ${name} nothing starts`, (t) => {
    const message = `${name}: expected a value, got nothing; the unit intent-fleet-keys.service sets it`;
    t.throws(() => readSettings({ ...environment, [name]: '' }), { message });
  });
}
