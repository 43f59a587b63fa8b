import test from 'ava';
import { readSettings } from '../../feedback/settings.ts';

const environment = {
  FEEDBACK_REGION: 'eu-central-1',
  FEEDBACK_BUCKET: 'https://fleet-feedback.s3.eu-central-1.amazonaws.com',
  PREDICTION_KEY_ENDPOINT: 'https://ssm.eu-central-1.amazonaws.com',
  PREDICTION_KEY_PARAMETER: '/fleet/prediction-key',
  STATE_DIRECTORY: '/var/lib/intent-fleet-feedback',
  METRICS_FILE: '/run/intent-fleet-feedback/metrics.prom',
};

test('the unit says where feedback goes, and where the key is', (t) => {
  t.deepEqual(readSettings(environment), {
    region: 'eu-central-1',
    bucket: 'https://fleet-feedback.s3.eu-central-1.amazonaws.com',
    endpoint: 'https://ssm.eu-central-1.amazonaws.com',
    parameter: '/fleet/prediction-key',
    state: '/var/lib/intent-fleet-feedback',
    metrics: '/run/intent-fleet-feedback/metrics.prom',
    metadata: 'http://169.254.169.254',
  });
});

for (const name of Object.keys(environment)) {
  test(`without ${name} nothing starts`, (t) => {
    const message = `${name}: expected a value, got nothing; the unit intent-fleet-feedback.service sets it`;
    t.throws(() => readSettings({ ...environment, [name]: '' }), { message });
  });
}
