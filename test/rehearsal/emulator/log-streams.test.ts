import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import test from 'ava';
import { emulated } from '../gateway/emulated.ts';

test('the emulator keeps the newest 50,000 lines of a stream', async (t) => {
  const { logs } = await emulated(t, {});
  const stream = { logGroupName: '/fleet', logStreamName: 'i-01' };
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/fleet' }));
  await logs.send(new CreateLogStreamCommand(stream));
  const timestamp = Date.now();
  for (let batch = 0; batch < 6; batch++) {
    const logEvents = Array.from({ length: 9000 }, (_, index) => ({
      timestamp,
      message: String(batch * 9000 + index),
    }));
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  }
  const { events } = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true, limit: 1 }));
  t.is(events?.[0]?.message, '4000');
});
