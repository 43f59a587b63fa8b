import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { type Access, clientConfiguration } from '../deployments/access.ts';

/** Clients of the services that the environment consists of. */
export function clientsOf(access: Access) {
  const configuration = clientConfiguration(access);
  return {
    autoScaling: new AutoScalingClient(configuration),
    balancing: new ElasticLoadBalancingV2Client(configuration),
    cloudWatch: new CloudWatchClient(configuration),
    ec2: new EC2Client(configuration),
    iam: new IAMClient(configuration),
    s3: new S3Client({ ...configuration, forcePathStyle: access.endpoint !== undefined }),
  };
}

export type Clients = ReturnType<typeof clientsOf>;
