import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import test from 'ava';
import { ringingAlarms } from '../../deployments/ringing-alarms.ts';
import { listen } from '../support/servers.ts';

test("asks for the stage's own alarms that ring", async (t) => {
  const asked: unknown[] = [];
  const server = createServer(async (request, response) => {
    asked.push(await json(request));
    const alarm = {
      AlarmName: 'fleet-blue-latency',
      StateValue: 'ALARM',
      AlarmDescription: 'A tenth of the requests take long.',
      StateReason: 'Threshold Crossed',
      StateUpdatedTimestamp: 1_767_225_600,
    };
    response
      .setHeader('content-type', 'application/x-amz-json-1.0')
      .end(JSON.stringify({ MetricAlarms: [alarm, { ...alarm, StateValue: 'OK' }] }));
  });
  const access = {
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${await listen(t, server)}`,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  };
  t.deepEqual(await ringingAlarms(access, 'fleet'), [
    {
      name: 'fleet-blue-latency',
      description: 'A tenth of the requests take long.',
      reason: 'Threshold Crossed',
      since: new Date('2026-01-01T00:00:00Z'),
    },
  ]);
  const AlarmNames = [
    ...['fleet-balancer-errors', 'fleet-no-machines', 'fleet-unfinished-deployment'],
    ...['fleet-blue-machine-errors', 'fleet-blue-latency', 'fleet-blue-unhealthy-machines'],
    ...['fleet-green-machine-errors', 'fleet-green-latency', 'fleet-green-unhealthy-machines'],
  ];
  t.deepEqual(asked, [{ AlarmNames, StateValue: 'ALARM' }]);
});
