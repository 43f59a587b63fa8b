import { allow, type Policy, policyOf } from './policy.ts';
import type { Scope } from './scope.ts';

/** The calls by which machines store their logs. */
export const shippingActions = ['logs:CreateLogStream', 'logs:PutLogEvents'];

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
  ]);
}
