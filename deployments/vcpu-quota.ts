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

/** Machines that a deployment adds to those that run. */
export interface AddedMachines {
  instanceType: string;
  count: number;
}

/** "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", in vCPUs. */
const quota = { ServiceCode: 'ec2', QuotaCode: 'L-1216C47A' };

const standard = /^[acdhimrtz]\d/;

/** Refuses machines for which the account has not enough vCPUs left in the region: their groups would wait for them in vain. */
export async function assertVcpuQuota(access: Access, { instanceType, count }: AddedMachines): Promise<void> {
  if (count <= 0 || !standard.test(instanceType)) return;
  const configuration = clientConfiguration(access);
  const ec2 = new EC2Client(configuration);
  const [allowed, used, ofOne] = await Promise.all([
    allowedVcpus(new ServiceQuotasClient(configuration)),
    usedVcpus(ec2),
    vcpusOf(ec2, instanceType),
  ]);
  const added = count * ofOne;
  if (used + added <= allowed) return;
  const machines = count === 1 ? `1 more ${instanceType} needs` : `${count} more ${instanceType} need`;
  throw new UserError(
    `${machines} ${added} vCPUs: expected at most ${Math.max(allowed - used, 0)}, since ${used} of the ${allowed} of ${access.region} are in use.\n` +
      'Nothing was changed. Raise the quota "Running On-Demand Standard instances" in the Service Quotas console, ' +
      'or choose a strategy with fewer machines at a time: deployment.strategy: rolling',
  );
}

async function allowedVcpus(client: ServiceQuotasClient): Promise<number> {
  const { Quota } = await client.send(new GetServiceQuotaCommand(quota));
  return Quota?.Value ?? Number.POSITIVE_INFINITY;
}

async function vcpusOf(client: EC2Client, instanceType: string): Promise<number> {
  const command = new DescribeInstanceTypesCommand({ InstanceTypes: [instanceType as InstanceType] });
  const { InstanceTypes = [] } = await client.send(command);
  return InstanceTypes[0]?.VCpuInfo?.DefaultVCpus ?? 1;
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
  return standard.test(type ?? '') && lifecycle === undefined;
}

function vcpusIn({ CpuOptions }: Instance): number {
  return (CpuOptions?.CoreCount ?? 1) * (CpuOptions?.ThreadsPerCore ?? 1);
}
