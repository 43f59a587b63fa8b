import { createServer } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import { assertVcpuQuota } from '../../deployments/vcpu-quota.ts';
import { receiveCall } from '../support/receive-call.ts';
import { listen } from '../support/servers.ts';

const instance = (type: string, cores: number, lifecycle = '') =>
  `<item><instancesSet><item><instanceType>${type}</instanceType>${lifecycle}` +
  `<cpuOptions><coreCount>${cores}</coreCount><threadsPerCore>2</threadsPerCore></cpuOptions></item></instancesSet></item>`;

// Six vCPUs that count: neither a Spot machine nor one with a graphics card is among those.
const running = [
  instance('t3.small', 1),
  instance('m5.xlarge', 2),
  instance('m5.xlarge', 2, '<instanceLifecycle>spot</instanceLifecycle>'),
  instance('g5.xlarge', 2),
].join('');

/** An account with a quota of vCPUs; `calls` has the name of each call. */
async function accountWith(t: ExecutionContext, Value: number) {
  const calls: string[] = [];
  const answers: Record<string, string> = {
    DescribeInstances: `<DescribeInstancesResponse><reservationSet>${running}</reservationSet></DescribeInstancesResponse>`,
    DescribeInstanceTypes:
      '<DescribeInstanceTypesResponse><instanceTypeSet><item><vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo></item></instanceTypeSet></DescribeInstanceTypesResponse>',
    GetServiceQuota: JSON.stringify({ Quota: { Value } }),
  };
  const server = createServer(async (request, response) => {
    const { action = '' } = (await receiveCall(request)) ?? {};
    calls.push(action);
    const type = action === 'GetServiceQuota' ? 'application/x-amz-json-1.1' : 'text/xml';
    response.setHeader('content-type', type).end(answers[action]);
  });
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const access = { region: 'eu-central-1', endpoint: `http://127.0.0.1:${await listen(t, server)}`, credentials };
  return { access, calls };
}

test('machines are added up to the quota of vCPUs', async (t) => {
  const { access, calls } = await accountWith(t, 10);
  await t.notThrowsAsync(assertVcpuQuota(access, { instanceType: 't3.small', count: 2 }));
  t.deepEqual(calls.toSorted(), ['DescribeInstanceTypes', 'DescribeInstances', 'GetServiceQuota']);
});

test('machines beyond the quota are refused with what is left and what to do', async (t) => {
  const { access } = await accountWith(t, 9);
  await t.throwsAsync(assertVcpuQuota(access, { instanceType: 't3.small', count: 2 }), {
    message:
      '2 more t3.small need 4 vCPUs: expected at most 3, since 6 of the 9 of eu-central-1 are in use.\n' +
      'Nothing was changed. Raise the quota "Running On-Demand Standard instances" in the Service Quotas console, ' +
      'or choose a strategy with fewer machines at a time: deployment.strategy: rolling',
  });
});

for (const added of [
  { instanceType: 't3.small', count: 0 },
  { instanceType: 'g5.xlarge', count: 2 },
]) {
  test(`${added.count} more ${added.instanceType} ask for nothing`, async (t) => {
    const { access, calls } = await accountWith(t, 0);
    await t.notThrowsAsync(assertVcpuQuota(access, added));
    t.deepEqual(calls, []);
  });
}
