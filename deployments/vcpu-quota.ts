import {
  DescribeInstanceTypesCommand,
  EC2Client,
  type Instance,
  type _InstanceType as InstanceType,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { UserError } from '../common/errors.ts';
import { type Access, clientConfiguration } from './access.ts';

/** The number of machines of each instance type. */
export type Machines = Readonly<Record<string, number>>;

/** "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", in vCPUs. */
const quota = { ServiceCode: 'ec2', QuotaCode: 'L-1216C47A' };

const standard = /^[acdhimrtz]\d/;

/**
 * Refuses a deployment that has `now` machines and later, step after step, those of `later`, where the account has not enough
 * vCPUs in the region: its groups would wait for machines in vain.
 */
export async function assertVcpuQuota(access: Access, now: Machines, later: readonly Machines[]): Promise<void> {
  const configuration = clientConfiguration(access);
  const ec2 = new EC2Client(configuration);
  const types = [...new Set([now, ...later].flatMap((machines) => Object.keys(machines)))].filter(isStandard);
  const vcpus = await vcpusOf(ec2, types);
  const countOf = (machines: Machines) =>
    types.reduce((sum, type) => sum + (machines[type] ?? 0) * (vcpus.get(type) ?? 0), 0);
  const added = Math.max(0, ...later.map(countOf)) - countOf(now);
  if (added <= 0) return;
  const [allowed, used] = await Promise.all([allowedVcpus(new ServiceQuotasClient(configuration)), usedVcpus(ec2)]);
  if (used + added <= allowed) return;
  throw new UserError(
    `This deployment needs ${added} more vCPUs at a time: expected at most ${Math.max(allowed - used, 0)}, ` +
      `since ${used} of the ${allowed} of ${access.region} are in use.\n` +
      'Nothing was changed. Raise the quota "Running On-Demand Standard instances" in the Service Quotas console, ' +
      'or choose a strategy with fewer machines at a time: deployment.strategy: rolling',
  );
}

function isStandard(type: string): boolean {
  return standard.test(type);
}

async function vcpusOf(client: EC2Client, types: readonly string[]): Promise<Map<string, number>> {
  if (types.length === 0) return new Map();
  const command = new DescribeInstanceTypesCommand({ InstanceTypes: types as InstanceType[] });
  const { InstanceTypes = [] } = await client.send(command);
  return new Map(InstanceTypes.map(({ InstanceType: type, VCpuInfo }) => [`${type}`, VCpuInfo?.DefaultVCpus ?? 1]));
}

async function allowedVcpus(client: ServiceQuotasClient): Promise<number> {
  const { Quota } = await client.send(new GetServiceQuotaCommand(quota));
  return Quota?.Value ?? Number.POSITIVE_INFINITY;
}

async function usedVcpus(client: EC2Client): Promise<number> {
  const Filters = [{ Name: 'instance-state-name', Values: ['pending', 'running'] }];
  let used = 0;
  for await (const { Reservations = [] } of paginateDescribeInstances({ client }, { Filters }))
    for (const instance of Reservations.flatMap(({ Instances = [] }) => Instances))
      if (isCounted(instance)) used += vcpusIn(instance);
  return used;
}

// Spot instances have a quota of their own.
function isCounted({ InstanceType: type, InstanceLifecycle: lifecycle }: Instance): boolean {
  return isStandard(type ?? '') && lifecycle === undefined;
}

function vcpusIn({ CpuOptions }: Instance): number {
  return (CpuOptions?.CoreCount ?? 1) * (CpuOptions?.ThreadsPerCore ?? 1);
}
