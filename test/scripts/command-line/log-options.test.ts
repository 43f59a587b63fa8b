import test from 'ava';
import { logUnits } from '../../../common/log-units.ts';
import { logQuery } from '../../../scripts/command-line/log-options.ts';

const defaults = { since: '10m', lines: '20' };

test('what is not typed has a default', (t) => {
  t.deepEqual(logQuery(defaults), { units: logUnits, backMilliseconds: 600_000, lines: 20, match: '', follow: false });
});

test('all options are read', (t) => {
  t.deepEqual(logQuery({ unit: 'proxy', since: '2h', lines: '1', match: 'ERROR: x', follow: true }), {
    units: ['proxy'],
    backMilliseconds: 7_200_000,
    lines: 1,
    match: 'error: x',
    follow: true,
  });
  const back = (since: string) => logQuery({ ...defaults, since }).backMilliseconds;
  t.deepEqual(['30s', '1m', '7d'].map(back), [30_000, 60_000, 604_800_000]);
});

const duration = 'expected a number of seconds, minutes, hours or days, such as 30s, 10m, 2h or 7d';
const lines = 'expected a whole number from 1 to 9999999';
const units = 'expected one of service, proxy, bootstrap, cloud-init, system';

const refused: [options: object, message: string][] = [
  [{ unit: 'web' }, `UNIT=web: ${units}`],
  [{ unit: '' }, `UNIT=: ${units}`],
  ...['10', '0m', '5x', '-1h', '1.5h', 'm', '1234567s'].map((since): [object, string] => [
    { since },
    `SINCE=${since}: ${duration}`,
  ]),
  ...['0', '-1', 'all', '2.5', '12345678'].map((text): [object, string] => [
    { lines: text },
    `LINES=${text}: ${lines}`,
  ]),
];

for (const [options, message] of refused) {
  test(`${JSON.stringify(options)} is refused`, (t) => {
    t.throws(() => logQuery({ ...defaults, ...options }), { name: 'UserError', message });
  });
}
