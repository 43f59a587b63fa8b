import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  AutoScalingClient,
  CancelInstanceRefreshCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  SetDesiredCapacityCommand,
  StartInstanceRefreshCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricDataCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client, GetConsoleOutputCommand } from '@aws-sdk/client-ec2';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import test, { type ExecutionContext } from 'ava';
import { consoleAnswers } from '../../../rehearsal/gateway/console-output.ts';
import { forwardTo } from '../../../rehearsal/gateway/forward.ts';
import { type Answers, createGateway } from '../../../rehearsal/gateway/gateway.ts';
import { type Refresh, Refreshes, refreshAnswers } from '../../../rehearsal/gateway/instance-refresh.ts';
import { targetHealthAnswers } from '../../../rehearsal/gateway/target-health.ts';
import { listen } from '../../support/servers.ts';
import { health } from '../fleet.ts';
import { accessKey, admitAll, fetchSigned } from './signed.ts';

/** A gateway in front of a server that records the requests. */
async function gateway(t: ExecutionContext, answers: Answers = {}) {
  const forwarded: unknown[][] = [];
  const emulator = createServer(async (request, response) => {
    forwarded.push([request.method, request.url, request.headers['x-own'], await text(request)]);
    response.writeHead(201, { 'x-from': 'emulator' }).end('<Answer/>');
  });
  const emulatorPort = await listen(t, emulator);
  let changes = 0;
  const server = createGateway({
    forward: forwardTo(emulatorPort),
    admit: admitAll(),
    answers,
    onChange: () => changes++,
    control: async (_, response) => void response.end('control'),
  });
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const configuration = { endpoint, region: 'eu-central-1', credentials: accessKey, maxAttempts: 1 };
  return {
    endpoint,
    emulator,
    emulatorPort,
    forwarded,
    changes: () => changes,
    autoScaling: new AutoScalingClient(configuration),
    cloudWatch: new CloudWatchClient(configuration),
    ec2: new EC2Client(configuration),
    logs: new CloudWatchLogsClient(configuration),
    balancing: new ElasticLoadBalancingV2Client(configuration),
  };
}

test('requests below /_rehearsal/ go to the control API, others are forwarded unchanged', async (t) => {
  const { endpoint, forwarded } = await gateway(t);
  t.is(await (await fetch(`${endpoint}/_rehearsal/status`)).text(), 'control');
  const request = { method: 'PUT', body: 'content', headers: { 'x-own': 'yes' } };
  const response = await fetchSigned(`${endpoint}/bucket/key?x=1`, request);
  t.deepEqual([response.status, response.headers.get('x-from'), await response.text()], [201, 'emulator', '<Answer/>']);
  t.deepEqual(forwarded, [['PUT', '/bucket/key?x=1', 'yes', 'content']]);
});

test('a call that may change something is reported, one that reads or stores log lines is not', async (t) => {
  const { autoScaling, logs, changes, forwarded } = await gateway(t);
  await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
  t.is(changes(), 0);
  await autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'g', DesiredCapacity: 3 }));
  t.is(changes(), 1);
  t.regex(String(forwarded[1]?.at(-1)), /^Action=SetDesiredCapacity&.*DesiredCapacity=3/);
  await logs.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName: 's' })).catch(() => undefined);
  t.deepEqual([forwarded.length, changes()], [3, 1]);
});

test('a call in a JSON protocol is answered, or forwarded as it came, and reported if it may change something', async (t) => {
  const answered: unknown[] = [];
  const { cloudWatch, changes, emulator } = await gateway(t, {
    'cloudwatch:PutMetricData': (input) => {
      answered.push(input);
      return {};
    },
    'cloudwatch:DescribeAlarms': () => Promise.reject(new Error('out of order')),
  });
  const forwarded: string[] = [];
  emulator.removeAllListeners('request');
  emulator.on('request', async (request, response) => {
    forwarded.push(await text(request));
    response.end('{}');
  });
  const MetricData = [{ MetricName: 'Jobs', Value: 1 }];
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Own', MetricData }));
  t.deepEqual([answered, forwarded, changes()], [[{ Namespace: 'Own', MetricData }], [], 0]);
  await cloudWatch.send(new TagResourceCommand({ ResourceARN: 'arn:alarm', Tags: [] }));
  t.deepEqual([forwarded, changes()], [['{"ResourceARN":"arn:alarm","Tags":[]}'], 1]);
  await t.throwsAsync(cloudWatch.send(new DescribeAlarmsCommand({})), {
    message: "The rehearsal's gateway failed: out of order",
  });
});

test('a body that does not follow its protocol is an error of the caller', async (t) => {
  const { endpoint, forwarded } = await gateway(t);
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'Service.PutMetricData' };
  const faults = { '{': /JSON/, '[]': /The body is no JSON object/, null: /The body is no JSON object/ };
  for (const [body, message] of Object.entries(faults)) {
    const response = await fetchSigned(endpoint, { service: 'monitoring', method: 'POST', headers, body });
    t.is(response.status, 400);
    const error = (await response.json()) as Record<string, string>;
    t.is(error.__type, 'SerializationException');
    t.regex(error.message ?? '', message);
  }
  t.deepEqual(forwarded, []);
});

test('a call of the same name to another service is forwarded', async (t) => {
  const { balancing, forwarded } = await gateway(t, { 'autoscaling:DescribeTargetHealth': () => t.fail() as never });
  await balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn: 'arn' }));
  t.is(forwarded.length, 1);
});

test("the console output of an instance is its machine's, cut to the last 64 KB", async (t) => {
  const consoles = new Map([
    ['i-1', 'Debian GNU/Linux 12 ü\n'],
    ['i-2', `${'a'.repeat(10)}${'b'.repeat(64 * 1024)}`],
  ]);
  const writtenAt = new Date('2026-01-01T00:00:00Z');
  const read = async (id: string) => {
    const text = consoles.get(id);
    return text === undefined ? undefined : { text, writtenAt };
  };
  const { ec2 } = await gateway(t, consoleAnswers(read));
  const outputOf = async (InstanceId: string) => ec2.send(new GetConsoleOutputCommand({ InstanceId }));
  t.like(await outputOf('i-1'), {
    InstanceId: 'i-1',
    Timestamp: writtenAt,
    Output: Buffer.from('Debian GNU/Linux 12 ü\n').toString('base64'),
  });
  t.is((await outputOf('i-2')).Output, Buffer.from('b'.repeat(64 * 1024)).toString('base64'));
  const none = { name: 'InvalidInstanceID.NotFound', message: "The instance ID 'i-3' does not exist" };
  await t.throwsAsync(outputOf('i-3'), none);
});

test('an unexpected error of an answer is a 502', async (t) => {
  const fail = () => Promise.reject(new Error('out of order'));
  const { autoScaling } = await gateway(t, { 'autoscaling:DescribeAutoScalingGroups': fail });
  const error = await t.throwsAsync(autoScaling.send(new DescribeAutoScalingGroupsCommand({})));
  t.is(error.message, "The rehearsal's gateway failed: out of order");
  t.like(error, { $metadata: { httpStatusCode: 502 } } as object);
});

test('an emulator that does not run is a 502 with the reason', async (t) => {
  const { endpoint, emulator, emulatorPort } = await gateway(t);
  emulator.close();
  const response = await fetchSigned(endpoint);
  const reason = `The rehearsal's gateway failed: connect ECONNREFUSED 127.0.0.1:${emulatorPort}`;
  const error = `<Error><Code>InternalFailure</Code><Message>${reason}</Message></Error>`;
  t.deepEqual([response.status, await response.text()], [502, `<?xml version="1.0" encoding="UTF-8"?>\n${error}`]);
});

test('a call that may change something is reported also where the emulator gives no answer', async (t) => {
  const { autoScaling, emulator, changes } = await gateway(t);
  emulator.removeAllListeners('request');
  emulator.on('request', (_, response) => response.destroy());
  await t.throwsAsync(autoScaling.send(new DescribeAutoScalingGroupsCommand({})));
  t.is(changes(), 0);
  await t.throwsAsync(
    autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'g', DesiredCapacity: 3 })),
  );
  t.is(changes(), 1);
});

/** The calls of instance refreshes, to a gateway that answers them; by default of the group `fleet`. */
async function refreshing(t: ExecutionContext) {
  const refreshes = new Refreshes();
  const started: Refresh[] = [];
  const answers = refreshAnswers(refreshes, (refresh) => started.push(refresh));
  const { autoScaling } = await gateway(t, answers);
  const group = { AutoScalingGroupName: 'fleet' };
  return {
    refreshes,
    started,
    start: (other = {}) => autoScaling.send(new StartInstanceRefreshCommand({ ...group, ...other })),
    cancel: () => autoScaling.send(new CancelInstanceRefreshCommand(group)),
    describe: async (InstanceRefreshIds?: string[]) => {
      const command = new DescribeInstanceRefreshesCommand({ ...group, InstanceRefreshIds });
      return (await autoScaling.send(command)).InstanceRefreshes ?? [];
    },
  };
}

test('an instance refresh is started, described and cancelled', async (t) => {
  const { refreshes, started, start, cancel, describe } = await refreshing(t);
  t.deepEqual(await describe(), []);
  const { InstanceRefreshId } = await start();
  const [refresh] = started;
  if (!refresh) return t.fail('expected a refresh');
  t.is(InstanceRefreshId, refresh.id);
  t.deepEqual(refreshes.underWay(), [refresh]);
  const progress = { PercentageComplete: 0, InstancesToUpdate: 0 };
  const common = { InstanceRefreshId, AutoScalingGroupName: 'fleet', StartTime: refresh.startedAt };
  t.deepEqual(await describe(), [{ ...common, Status: 'InProgress', ...progress }]);
  Object.assign(refresh, { total: 3, left: 2 });
  const third = { PercentageComplete: 33, InstancesToUpdate: 2 };
  t.deepEqual(await describe(), [{ ...common, Status: 'InProgress', ...third }]);
  await cancel();
  refreshes.end(refresh, 'Cancelled', 'on request');
  const cancelled = { Status: 'Cancelled', StatusReason: 'on request', EndTime: refresh.endedAt };
  t.deepEqual(await describe(), [{ ...common, ...cancelled, ...third }]);
  t.deepEqual(refreshes.underWay(), []);
});

test('a group has one instance refresh at a time, which alone can be cancelled', async (t) => {
  const { start, cancel } = await refreshing(t);
  const none = { name: 'ActiveInstanceRefreshNotFoundFault', message: 'No instance refresh is in progress' };
  await t.throwsAsync(cancel(), none);
  await start();
  const one = { name: 'InstanceRefreshInProgressFault', message: 'An instance refresh of fleet is in progress' };
  await t.throwsAsync(start(), one);
  await t.notThrowsAsync(start({ AutoScalingGroupName: 'another' }));
});

test('refreshes are described from the newest to the oldest, or by their ids', async (t) => {
  const { refreshes, describe } = await refreshing(t);
  const ids = [1, 2].map(() => {
    const refresh = refreshes.start('fleet');
    refreshes.end(refresh, 'Successful');
    return refresh.id;
  });
  const complete = ids.map((InstanceRefreshId) => ({ InstanceRefreshId, PercentageComplete: 100 }));
  t.like(await describe(), complete.toReversed());
  t.like(await describe(ids.slice(0, 1)), complete.slice(0, 1));
});

test('target health is the result of the real health checks', async (t) => {
  const states = [
    health('healthy'),
    health('initial', 'Target registration is in progress'),
    { ...health('unhealthy', 'Request timed out'), failure: 'Target.Timeout' } as const,
    health('draining', 'Target deregistration is in progress'),
    health('unused', 'Target group is not configured to receive traffic'),
  ];
  const targets = states.map((health, index) => ({ instance: `i-${index}`, health }));
  const registered = ['i-0', 'i-new'].map((instance) => ({ instance, port: 443 }));
  const answers = targetHealthAnswers({
    registeredIn: async (arn) => (arn === 'ours' ? registered : undefined),
    knownIn: () => targets,
  });
  const { balancing } = await gateway(t, answers);
  const describe = async (TargetGroupArn: string, Targets?: TargetDescription[]): Promise<unknown> =>
    (await balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn, Targets }))).TargetHealthDescriptions;
  const described = [
    ['healthy'],
    ['initial', 'Elb.RegistrationInProgress', 'Target registration is in progress'],
    ['unhealthy', 'Target.Timeout', 'Request timed out'],
    ['draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress'],
    ['unused', 'Target.NotInUse', 'Target group is not configured to receive traffic'],
  ].map(([State, Reason, Description], index) => ({
    HealthCheckPort: '443',
    Target: { Id: `i-${index}`, Port: 443 },
    TargetHealth: { State, ...(Reason && { Reason, Description }) },
  }));
  const fresh = { ...described[1], Target: { Id: 'i-new', Port: 443 } };
  t.deepEqual(await describe('ours'), [...described, fresh]);
  const missing = { State: 'unused', Reason: 'Target.NotRegistered' };
  const Description = 'Target is not registered to the target group';
  const other = { Id: 'i-0', Port: 80 };
  t.deepEqual(await describe('ours', [{ Id: 'i-new', Port: 443 }, { Id: 'i-2' }, other]), [
    fresh,
    described[2],
    { Target: other, TargetHealth: { ...missing, Description } },
  ]);
  const none = { name: 'TargetGroupNotFoundException', message: 'There is no target group another' };
  await t.throwsAsync(describe('another'), none);
});
