import { createServer } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import { assertVcpuQuota } from '../../deployments/vcpu-quota.ts';
import { receiveCall } from '../support/receive-call.ts';
import { listen } from '../support/servers.ts';

const instance = (type: string, cores: number, lifecycle = '') =>
  `<item><instancesSet><item><instanceType>${type}</instanceType>${lifecycle}` +
  `<cpuOptions><coreCount>${cores}</coreCount><threadsPerCore>2</threadsPerCore></cpuOptions></item></instancesSet></item>`;

const type = (name: string, vcpus: number) =>
  `<item><instanceType>${name}</instanceType><vCpuInfo><defaultVCpus>${vcpus}</defaultVCpus></vCpuInfo></item>`;

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
    DescribeInstanceTypes: `<DescribeInstanceTypesResponse><instanceTypeSet>${type('t3.small', 2)}${type('c5.4xlarge', 16)}</instanceTypeSet></DescribeInstanceTypesResponse>`,
    GetServiceQuota: JSON.stringify({ Quota: { Value } }),
  };
  const server = createServer(async (request, response) => {
    const { action = '' } = (await receiveCall(request)) ?? {};
    calls.push(action);
    const contentType = action === 'GetServiceQuota' ? 'application/x-amz-json-1.1' : 'text/xml';
    response.setHeader('content-type', contentType).end(answers[action]);
  });
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const access = { region: 'eu-central-1', endpoint: `http://127.0.0.1:${await listen(t, server)}`, credentials };
  return { access, calls };
}

test('machines are added up to the quota of vCPUs', async (t) => {
  const { access, calls } = await accountWith(t, 10);
  await t.notThrowsAsync(assertVcpuQuota(access, { 't3.small': 2 }, [{ 't3.small': 4 }, { 't3.small': 2 }]));
  t.deepEqual(calls.toSorted(), ['DescribeInstanceTypes', 'DescribeInstances', 'GetServiceQuota']);
});

test('a deployment beyond the quota is refused with what is left and what to do', async (t) => {
  const { access } = await accountWith(t, 9);
  await t.throwsAsync(assertVcpuQuota(access, { 't3.small': 2 }, [{ 't3.small': 3 }, { 't3.small': 4 }]), {
    message:
      'This deployment needs 4 more vCPUs at a time: expected at most 3, since 6 of the 9 of eu-central-1 are in use.\n' +
      'Nothing was changed. Raise the quota "Running On-Demand Standard instances" in the Service Quotas console, ' +
      'or choose a strategy with fewer machines at a time: deployment.strategy: rolling',
  });
});

test('larger machines need more, also where there are as many as before', async (t) => {
  const { access } = await accountWith(t, 30);
  await t.throwsAsync(assertVcpuQuota(access, { 't3.small': 2 }, [{}, { 'c5.4xlarge': 2 }]), {
    message: /^This deployment needs 28 more vCPUs at a time: expected at most 24, since 6 of the 30 /,
  });
});

test('what is not counted by the quota, or adds nothing, is not asked for', async (t) => {
  const { access, calls } = await accountWith(t, 0);
  await t.notThrowsAsync(assertVcpuQuota(access, {}, [{ 'g5.xlarge': 2 }]));
  await t.notThrowsAsync(assertVcpuQuota(access, { 't3.small': 2 }, [{ 't3.small': 2 }]));
  t.deepEqual(calls, ['DescribeInstanceTypes']);
});
