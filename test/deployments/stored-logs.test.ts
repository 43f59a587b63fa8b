import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import test from 'ava';
import { logUnits } from '../../common/log-units.ts';
import { type LineSelection, StoredLogs } from '../../deployments/stored-logs.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { accessKey } from '../rehearsal/gateway/signed.ts';
import { collect } from '../support/collect.ts';

test('lines are read by unit, time and machine, from as many pages as there are', async (t) => {
  const { endpoint, logs } = await emulated(t, {});
  const now = Date.now();
  for (const unit of ['service', 'proxy']) {
    const logGroupName = `/fleet/${unit}`;
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    for (const logStreamName of ['i-01', 'i-02']) {
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      const length = unit === 'service' && logStreamName === 'i-01' ? 10_001 : 2;
      const logEvents = Array.from({ length }, (_, index) => ({ timestamp: now + index, message: `${unit} ${index}` }));
      await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    }
  }
  const stored = new StoredLogs({ region: 'eu-central-1', endpoint, credentials: accessKey }, '/fleet');
  const read = (selection: Partial<LineSelection>) =>
    collect(stored.read({ units: logUnits, since: now, ...selection }));

  const all = await read({});
  t.is(all.length, 10_007);
  t.is(new Set(all.map(({ id }) => id)).size, 10_007);
  t.is((await read({ units: ['service'], machine: 'i-01' })).length, 10_001);
  t.is((await read({ units: ['bootstrap'] })).length, 0);
  const [line, ...others] = await read({ units: ['proxy'], machine: 'i-02', since: now + 1 });
  const { id, ...rest } = line ?? { id: '' };
  t.regex(id, /^proxy:\d+$/);
  t.deepEqual(rest, { machine: 'i-02', unit: 'proxy', timestamp: now + 1, message: 'proxy 1' });
  t.deepEqual(others, []);
  const containing = await read({ units: ['service', 'proxy'], machine: 'i-02', containing: 'proxy 1' });
  t.deepEqual(
    containing.map(({ message }) => message),
    ['proxy 1'],
  );
  t.true(await stored.hasLinesOf('i-0'));
  t.false(await stored.hasLinesOf('i-03'));
});
