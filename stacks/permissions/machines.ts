import { memoryMetric } from '../../common/memory-metric.ts';
import type { Settings } from '../../stages/settings.ts';
import { allow, type Policy, policyOf, type Statement } from './policy.ts';
import type { Scope } from './scope.ts';

/** The calls by which machines store their logs. */
export const shippingActions = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** The call by which machines publish how much memory they use, and the condition that limits it to that metric's namespace. */
export const publishingAction = 'cloudwatch:PutMetricData';
export const publishingCondition = { key: 'cloudwatch:namespace', value: memoryMetric.namespace };

/** The call by which machines read the API keys. */
export const keyReadingAction = 'ssm:GetParametersByPath';

/** The calls by which machines read the key of predictions, and store feedback. */
export const predictionKeyAction = 'ssm:GetParameter';
export const feedbackAction = 's3:PutObject';

/** The call by which machines read which release is the shadow. */
export const shadowReadingAction = 'ssm:GetParameter';

/** The calls by which the monitoring machine finds the machines. */
export const discoveryActions = ['ec2:DescribeInstances', 'ec2:DescribeAvailabilityZones'];

/** The call by which it writes metrics to Amazon Managed Service for Prometheus. */
export const remoteWriteActions = ['aps:RemoteWrite'];

/** The permissions boundary of the machines' roles: what they may ever do, whatever their own policies allow. */
export function machinesBoundary(scope: Scope): Policy {
  const { stage, unowned, regional, inRegion, bucket, logGroups } = scope;
  return policyOf([
    allow('ReadReleases', 's3', ['GetObject'], [unowned('s3', `${bucket}/releases/*`)]),
    {
      Sid: 'ShipLogs',
      Effect: 'Allow',
      Action: shippingActions,
      Resource: [regional('logs', `log-group:${logGroups}/*:log-stream:*`)],
    },
    { Sid: 'ReadApiKeys', Effect: 'Allow', Action: [keyReadingAction], Resource: scope.apiKeys },
    { Sid: 'ReadPredictionKey', Effect: 'Allow', Action: [predictionKeyAction], Resource: [scope.predictionKey] },
    { Sid: 'StoreFeedback', Effect: 'Allow', Action: [feedbackAction], Resource: [scope.feedback] },
    // For a stage without a shadow, a memory target or a monitoring machine, too: it may get one later, and whoever deploys it may not
    // change this policy.
    { Sid: 'ReadShadow', Effect: 'Allow', Action: [shadowReadingAction], Resource: [scope.shadow] },
    {
      Sid: 'PublishMemory',
      Effect: 'Allow',
      Action: [publishingAction],
      Resource: ['*'],
      Condition: { StringEquals: { [publishingCondition.key]: publishingCondition.value } },
    },
    { Sid: 'FindMachines', Effect: 'Allow', Action: discoveryActions, Resource: ['*'] },
    ...remoteWriteStatements(stage.settings.monitoring, inRegion),
  ]);
}

// The workspace that gets the samples may be in another region than the stage.
function remoteWriteStatements({ remoteWrite }: Settings['monitoring'], inRegion: Scope['inRegion']): Statement[] {
  if (!remoteWrite) return [];
  return [
    {
      Sid: 'WriteMetrics',
      Effect: 'Allow',
      Action: remoteWriteActions,
      Resource: [inRegion(remoteWrite.region, 'aps', 'workspace/*')],
    },
  ];
}
