import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  AutoScalingClient,
  CancelInstanceRefreshCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  SetDesiredCapacityCommand,
  StartInstanceRefreshCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import test, { type ExecutionContext } from 'ava';
import { forwardTo } from '../../../rehearsal/gateway/forward.ts';
import { type Answers, createGateway } from '../../../rehearsal/gateway/gateway.ts';
import { type Refresh, Refreshes, refreshAnswers } from '../../../rehearsal/gateway/instance-refresh.ts';
import { type Target, targetHealthAnswers } from '../../../rehearsal/gateway/target-health.ts';
import { listen } from '../../support/servers.ts';

/** A gateway in front of a server that records the requests. */
async function gateway(t: ExecutionContext, answers: Answers) {
  const forwarded: { request: IncomingMessage; body: string }[] = [];
  const emulator = createServer(async (request, response) => {
    forwarded.push({ request, body: await text(request) });
    response.writeHead(201, { 'x-from': 'emulator' }).end('<Answer/>');
  });
  let changes = 0;
  const server = createGateway({
    forward: forwardTo(await listen(t, emulator)),
    answers,
    onChange: () => changes++,
    control: async (_, response) => void response.end('control'),
  });
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const configuration = {
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
    maxAttempts: 1,
  };
  return {
    endpoint,
    forwarded,
    changes: () => changes,
    autoScaling: new AutoScalingClient(configuration),
    balancing: new ElasticLoadBalancingV2Client(configuration),
  };
}

test('other requests are forwarded unchanged, and so are their responses', async (t) => {
  const { endpoint, forwarded } = await gateway(t, {});
  const response = await fetch(`${endpoint}/bucket/key?x=1`, {
    method: 'PUT',
    body: 'content',
    headers: { 'x-own': 'yes' },
  });
  t.deepEqual([response.status, response.headers.get('x-from'), await response.text()], [201, 'emulator', '<Answer/>']);
  t.deepEqual(
    forwarded.map(({ request, body }) => [request.method, request.url, request.headers['x-own'], body]),
    [['PUT', '/bucket/key?x=1', 'yes', 'content']],
  );
});

test('requests below /_rehearsal/ go to the control API', async (t) => {
  const { endpoint, forwarded } = await gateway(t, {});
  t.is(await (await fetch(`${endpoint}/_rehearsal/status`)).text(), 'control');
  t.deepEqual(forwarded, []);
});

test('a call that may change something is reported, one that reads is not', async (t) => {
  const { autoScaling, changes, forwarded } = await gateway(t, {});
  await autoScaling.send(new DescribeAutoScalingGroupsCommand({})).catch(() => undefined);
  t.is(changes(), 0);
  await autoScaling
    .send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'g', DesiredCapacity: 3 }))
    .catch(() => undefined);
  t.is(changes(), 1);
  t.regex(forwarded[1]?.body ?? '', /^Action=SetDesiredCapacity&.*DesiredCapacity=3/);
});

test('a call of the same name to another service is forwarded', async (t) => {
  const { balancing, forwarded } = await gateway(t, { 'autoscaling:DescribeTargetHealth': () => t.fail() as never });
  await balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn: 'arn' })).catch(() => undefined);
  t.is(forwarded.length, 1);
});

test('an unexpected error of an answer is a 502', async (t) => {
  const { autoScaling } = await gateway(t, {
    'autoscaling:DescribeAutoScalingGroups': () => {
      throw new Error('out of order');
    },
  });
  const error = await t.throwsAsync(autoScaling.send(new DescribeAutoScalingGroupsCommand({})));
  t.is((error as unknown as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode, 502);
});

test('an emulator that does not run is a 502 with the reason', async (t) => {
  const gone = createServer();
  const port = await listen(t, gone);
  gone.close();
  const server = createGateway({
    forward: forwardTo(port),
    answers: {},
    onChange: () => undefined,
    control: async () => undefined,
  });
  const response = await fetch(`http://127.0.0.1:${await listen(t, server)}/`);
  t.is(response.status, 502);
  t.is(await response.text(), `The rehearsal's gateway failed: connect ECONNREFUSED 127.0.0.1:${port}\n`);
});

const group = { AutoScalingGroupName: 'fleet' };

test('an instance refresh is started, described and cancelled', async (t) => {
  const refreshes = new Refreshes();
  const started: Refresh[] = [];
  const { autoScaling } = await gateway(
    t,
    refreshAnswers(refreshes, (refresh) => started.push(refresh)),
  );
  const describe = async () => (await autoScaling.send(new DescribeInstanceRefreshesCommand(group))).InstanceRefreshes;
  t.deepEqual(await describe(), []);
  const { InstanceRefreshId } = await autoScaling.send(new StartInstanceRefreshCommand(group));
  const [refresh] = started;
  if (!refresh) return t.fail('expected a refresh');
  t.is(InstanceRefreshId, refresh.id);
  t.deepEqual(refreshes.underWay(), [refresh]);
  const described = {
    InstanceRefreshId,
    ...group,
    Status: 'InProgress',
    StartTime: refresh.startedAt,
    PercentageComplete: 0,
    InstancesToUpdate: 0,
  };
  t.deepEqual(await describe(), [described]);
  Object.assign(refresh, { total: 3, left: 2 });
  t.deepEqual(await describe(), [{ ...described, PercentageComplete: 33, InstancesToUpdate: 2 }]);
  await autoScaling.send(new CancelInstanceRefreshCommand(group));
  refreshes.end(refresh, 'Cancelled', 'on request');
  t.deepEqual(await describe(), [
    {
      ...described,
      Status: 'Cancelled',
      StatusReason: 'on request',
      EndTime: refresh.endedAt,
      PercentageComplete: 33,
      InstancesToUpdate: 2,
    },
  ]);
  t.deepEqual(refreshes.underWay(), []);
});

test('a group has one instance refresh at a time, others are refused', async (t) => {
  const refreshes = new Refreshes();
  const { autoScaling } = await gateway(
    t,
    refreshAnswers(refreshes, () => undefined),
  );
  const start = () => autoScaling.send(new StartInstanceRefreshCommand(group));
  await start();
  await t.throwsAsync(start(), {
    name: 'InstanceRefreshInProgressFault',
    message: 'An instance refresh of fleet is in progress',
  });
  await t.notThrowsAsync(autoScaling.send(new StartInstanceRefreshCommand({ AutoScalingGroupName: 'another' })));
});

test('without a refresh in progress, none can be cancelled', async (t) => {
  const { autoScaling } = await gateway(
    t,
    refreshAnswers(new Refreshes(), () => undefined),
  );
  await t.throwsAsync(autoScaling.send(new CancelInstanceRefreshCommand(group)), {
    name: 'ActiveInstanceRefreshNotFoundFault',
    message: 'No instance refresh is in progress',
  });
});

test('refreshes are described from the newest to the oldest, or by their ids', async (t) => {
  const refreshes = new Refreshes();
  const [old, recent] = [1, 2].map(() => {
    const refresh = refreshes.start('fleet');
    refreshes.end(refresh, 'Successful');
    return refresh.id;
  });
  const { autoScaling } = await gateway(
    t,
    refreshAnswers(refreshes, () => undefined),
  );
  const idsOf = async (ids?: string[]) => {
    const command = new DescribeInstanceRefreshesCommand({ ...group, ...(ids && { InstanceRefreshIds: ids }) });
    const { InstanceRefreshes = [] } = await autoScaling.send(command);
    return InstanceRefreshes.map((refresh) => [refresh.InstanceRefreshId, refresh.PercentageComplete]);
  };
  t.deepEqual(await idsOf(), [
    [recent, 100],
    [old, 100],
  ]);
  t.deepEqual(await idsOf([String(old)]), [[old, 100]]);
});

test('target health is the result of the real health checks', async (t) => {
  const targets: Target[] = [
    { instance: 'i-1', port: 443, health: { state: 'healthy', reason: undefined, streak: 0, dueAt: 0 } },
    {
      instance: 'i-2',
      port: 443,
      health: { state: 'initial', reason: 'Target registration is in progress', streak: 0, dueAt: 0 },
    },
    { instance: 'i-3', port: 443, health: { state: 'unhealthy', reason: 'Request timed out', streak: 0, dueAt: 0 } },
    { instance: 'i-4', port: 443, health: 'draining' },
  ];
  const { balancing } = await gateway(
    t,
    targetHealthAnswers((arn) => (arn === 'ours' ? targets : undefined)),
  );
  const { TargetHealthDescriptions } = await balancing.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: 'ours' }),
  );
  const described = (Id: string, TargetHealth: object) => ({
    HealthCheckPort: '443',
    Target: { Id, Port: 443 },
    TargetHealth,
  });
  t.deepEqual(TargetHealthDescriptions as unknown[], [
    described('i-1', { State: 'healthy' }),
    described('i-2', {
      State: 'initial',
      Reason: 'Elb.RegistrationInProgress',
      Description: 'Target registration is in progress',
    }),
    described('i-3', { State: 'unhealthy', Reason: 'Target.FailedHealthChecks', Description: 'Request timed out' }),
    described('i-4', {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    }),
  ]);
  await t.throwsAsync(balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn: 'another' })), {
    name: 'TargetGroupNotFoundException',
    message: 'There is no target group another',
  });
});
