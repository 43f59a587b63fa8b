import test from 'ava';
import { readSettings } from '../../logs/settings.ts';

const environment = {
  LOG_REGION: 'eu-central-1',
  LOG_ENDPOINT: 'https://logs.eu-central-1.amazonaws.com',
  LOG_GROUPS: '/fleet',
  ACCESS_LOG: '/var/log/nginx/access.log',
  STATE_DIRECTORY: '/var/lib/intent-fleet-logs',
};

const settings = {
  region: 'eu-central-1',
  endpoint: 'https://logs.eu-central-1.amazonaws.com',
  groups: '/fleet',
  accessLog: '/var/log/nginx/access.log',
  state: '/var/lib/intent-fleet-logs',
  metadata: 'http://169.254.169.254',
  metrics: undefined,
  memory: undefined,
};

test('the memory is published only where the unit says to whom and for which group', (t) => {
  t.deepEqual(readSettings(environment), settings);
  const endpoint = 'https://monitoring.eu-central-1.amazonaws.com';
  t.deepEqual(readSettings({ ...environment, MEMORY_ENDPOINT: endpoint, MEMORY_GROUP: 'fleet' }), {
    ...settings,
    memory: { endpoint, group: 'fleet' },
  });
  t.throws(() => readSettings({ ...environment, MEMORY_ENDPOINT: endpoint }), {
    message: 'MEMORY_GROUP: expected a value, got nothing; the unit intent-fleet-logs.service sets it',
  });
});

test('metrics are written where the unit says', (t) => {
  const METRICS_FILE = '/run/intent-fleet-logs/metrics.prom';
  t.deepEqual(readSettings({ ...environment, METRICS_FILE }), { ...settings, metrics: METRICS_FILE });
});
