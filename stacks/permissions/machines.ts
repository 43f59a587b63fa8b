import { memoryMetric } from '../../common/memory-metric.ts';
import { allow, type Policy, policyOf } from './policy.ts';
import type { Scope } from './scope.ts';

/** The calls by which machines store their logs. */
export const shippingActions = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** The call by which machines publish how much memory they use, and the condition that limits it to that metric's namespace. */
export const publishingAction = 'cloudwatch:PutMetricData';
export const publishingCondition = { key: 'cloudwatch:namespace', value: memoryMetric.namespace };

/** The permissions boundary of the machines' role: what it may ever do, whatever its own policies allow. */
export function machinesBoundary({ unowned, regional, bucket, logGroups }: Scope): Policy {
  return policyOf([
    allow('ReadReleases', 's3', ['GetObject'], [unowned('s3', `${bucket}/releases/*`)]),
    {
      Sid: 'ShipLogs',
      Effect: 'Allow',
      Action: shippingActions,
      Resource: [regional('logs', `log-group:${logGroups}/*:log-stream:*`)],
    },
    // For a stage without a memory target, too: it may get one later, and whoever deploys it may not change this policy.
    {
      Sid: 'PublishMemory',
      Effect: 'Allow',
      Action: [publishingAction],
      Resource: ['*'],
      Condition: { StringEquals: { [publishingCondition.key]: publishingCondition.value } },
    },
  ]);
}
