import test from 'ava';
import { readSettings } from '../../../shadow/run/settings.ts';

const environment = {
  RELEASE: '0123456789abcdef',
  SHADOW_FOLDER: '/var/lib/intent-fleet-shadow',
  SHADOW_SOCKET: '/run/intent-fleet-shadow/copies.sock',
  SHADOW_PORT: '20080',
  SHADOW_METRICS_PORT: '20081',
  METRICS_FILE: '/run/intent-fleet-shadow/metrics.prom',
};

test('the unit says what runs where', (t) => {
  t.deepEqual(readSettings(environment), {
    live: '0123456789abcdef',
    folder: '/var/lib/intent-fleet-shadow',
    socket: '/run/intent-fleet-shadow/copies.sock',
    ports: { service: 20_080, metrics: 20_081 },
    metrics: '/run/intent-fleet-shadow/metrics.prom',
  });
});

for (const name of Object.keys(environment)) {
  test(`without ${name} nothing starts`, (t) => {
    const message = `${name}: expected a value, got nothing; the unit intent-fleet-shadow.service sets it`;
    t.throws(() => readSettings({ ...environment, [name]: '' }), { message });
  });
}
