import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import type { ExecutionContext } from 'ava';
import { startMoto } from '../../../rehearsal/emulator/moto.ts';
import { forwardTo } from '../../../rehearsal/gateway/forward.ts';
import { createGateway, type GatewayProps } from '../../../rehearsal/gateway/gateway.ts';
import { ensureMoto } from '../../../rehearsal/install.ts';
import { freePort, listen } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { accessKey, admitAll } from './signed.ts';

/** Clients of a gateway in front of the real emulator. */
export async function emulated(t: ExecutionContext, props: Partial<GatewayProps> = {}) {
  const port = await freePort();
  const moto = await startMoto(await ensureMoto(() => undefined), await temporaryFolder(t), port);
  t.teardown(() => moto.kill('SIGKILL'));
  const server = createGateway({
    forward: forwardTo(port),
    admit: admitAll(),
    answers: {},
    onChange: () => undefined,
    control: async (_, response) => void response.end(),
    ...props,
  });
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const configuration = { endpoint, region: 'eu-central-1', credentials: accessKey, maxAttempts: 1 };
  return {
    endpoint,
    logs: new CloudWatchLogsClient(configuration),
    autoScaling: new AutoScalingClient(configuration),
    cloudWatch: new CloudWatchClient(configuration),
    ec2: new EC2Client(configuration),
    objects: new S3Client({ ...configuration, forcePathStyle: true }),
    balancing: new ElasticLoadBalancingV2Client(configuration),
  };
}
