import { ACMClient } from '@aws-sdk/client-acm';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import { motoPort } from './moto.ts';

/** Returns AWS clients whose calls go to the emulator, past the gateway. */
export function emulatorClients(region: string) {
  const configuration = {
    region,
    endpoint: `http://127.0.0.1:${motoPort}`,
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
    maxAttempts: 2,
  };
  return {
    acm: new ACMClient(configuration),
    autoScaling: new AutoScalingClient(configuration),
    cloudWatch: new CloudWatchClient(configuration),
    ec2: new EC2Client(configuration),
    balancing: new ElasticLoadBalancingV2Client(configuration),
    iam: new IAMClient(configuration),
    sns: new SNSClient(configuration),
  };
}

export type Clients = ReturnType<typeof emulatorClients>;
