import test from 'ava';
import { loadOptions } from '../../load/options.ts';

test('without variables a little load is sent for half a minute', (t) => {
  const options = { rate: 20, connections: 100, seconds: 30, texts: undefined, apiKey: undefined, report: undefined };
  t.deepEqual(loadOptions({}), options);
  t.deepEqual(loadOptions({ RATE: '', CONNECTIONS: '', SECONDS: '', TEXTS: '', API_KEY: '', REPORT: '' }), options);
});

test('each variable counts; connections without a rate send without a pause', (t) => {
  t.deepEqual(
    loadOptions({ RATE: '0.5', CONNECTIONS: '2', SECONDS: '3600', TEXTS: 'a.csv', API_KEY: 'ifk_…', REPORT: 'b.html' }),
    {
      rate: 0.5,
      connections: 2,
      seconds: 3600,
      texts: 'a.csv',
      apiKey: 'ifk_…',
      report: 'b.html',
    },
  );
  t.deepEqual(loadOptions({ CONNECTIONS: '1000' }).rate, undefined);
});

const wrong: [environment: Record<string, string>, message: string][] = [
  [{ RATE: '0' }, 'RATE=0: expected a number from 0.1 to 100000'],
  [{ RATE: '1e3' }, 'RATE=1e3: expected a number from 0.1 to 100000'],
  [{ RATE: '100001' }, 'RATE=100001: expected a number from 0.1 to 100000'],
  [{ CONNECTIONS: '1001' }, 'CONNECTIONS=1001: expected a whole number from 1 to 1000'],
  [{ CONNECTIONS: '1.5' }, 'CONNECTIONS=1.5: expected a whole number from 1 to 1000'],
  [{ SECONDS: '3601' }, 'SECONDS=3601: expected a whole number from 1 to 3600'],
  [{ SECONDS: '-1' }, 'SECONDS=-1: expected a whole number from 1 to 3600'],
  [{ SECONDS: '1m' }, 'SECONDS=1m: expected a whole number from 1 to 3600'],
];

for (const [environment, message] of wrong) {
  test(`refuses ${message.split(':')[0]}`, (t) => {
    t.throws(() => loadOptions(environment), { name: 'UserError', message });
  });
}
