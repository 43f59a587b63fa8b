import { createServer } from 'node:http';
import { DescribeAutoScalingGroupsCommand, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeVpcsCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import test from 'ava';
import { emulatorClients } from '../../../rehearsal/emulator/clients.ts';
import { listen } from '../../support/servers.ts';

test('calls that may change the state are reported when they have ended, also those that fail; others are not', async (t) => {
  const events: string[] = [];
  let status = 200;
  const emulator = createServer((_, response) => {
    events.push('call');
    response.writeHead(status).end(status === 200 ? '<Answer/>' : '<Response/>');
  });
  const port = await listen(t, emulator);
  const onChange = () => void events.push('change');
  const { autoScaling, cloudWatch, ec2 } = emulatorClients({ region: 'eu-central-1', onChange, port });
  await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
  await ec2.send(new DescribeVpcsCommand({}));
  t.deepEqual(events.splice(0), ['call', 'call']);
  await autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'fleet', DesiredCapacity: 1 }));
  await ec2.send(new StopInstancesCommand({ InstanceIds: ['i-1'] }));
  t.deepEqual(events.splice(0), ['call', 'change', 'call', 'change']);
  status = 400;
  const state = { AlarmName: 'high', StateValue: 'OK', StateReason: 'calm' } as const;
  await t.throwsAsync(cloudWatch.send(new SetAlarmStateCommand(state)));
  t.deepEqual(events, ['call', 'change']);
});
