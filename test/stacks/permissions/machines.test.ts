import test from 'ava';
import { exampleAccount, exampleStage } from '../../../stacks/example-stage.ts';
import { machinesBoundary } from '../../../stacks/permissions/machines.ts';
import { scopeOf } from '../../../stacks/permissions/scope.ts';
import type { Settings } from '../../../stages/settings.ts';

/** The statements for the example stage with other values of the monitoring machine's settings. */
function statements(monitoring: Partial<Settings['monitoring']>) {
  const { name, settings } = exampleStage();
  const stage = { name, settings: { ...settings, monitoring: { ...settings.monitoring, ...monitoring } } };
  return machinesBoundary(scopeOf(stage, exampleAccount)).Statement;
}

test('machines may read releases and keys, write logs and feedback, publish their memory and find each other, and nothing else', (t) => {
  t.deepEqual(statements({ enabled: false }), [
    {
      Sid: 'ReadReleases',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: ['arn:aws:s3:::intent-fleet-production-releases-123456789012/releases/*'],
    },
    {
      Sid: 'ShipLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: ['arn:aws:logs:eu-central-1:123456789012:log-group:/intent-fleet-production/*:log-stream:*'],
    },
    {
      Sid: 'ReadApiKeys',
      Effect: 'Allow',
      Action: ['ssm:GetParametersByPath'],
      Resource: [
        'arn:aws:ssm:eu-central-1:123456789012:parameter/intent-fleet-production/api-keys',
        'arn:aws:ssm:eu-central-1:123456789012:parameter/intent-fleet-production/api-keys/*',
      ],
    },
    {
      Sid: 'ReadPredictionKey',
      Effect: 'Allow',
      Action: ['ssm:GetParameter'],
      Resource: ['arn:aws:ssm:eu-central-1:123456789012:parameter/intent-fleet-production/prediction-key'],
    },
    {
      Sid: 'StoreFeedback',
      Effect: 'Allow',
      Action: ['s3:PutObject'],
      Resource: ['arn:aws:s3:::intent-fleet-production-feedback-123456789012/feedback/*'],
    },
    {
      Sid: 'ReadShadow',
      Effect: 'Allow',
      Action: ['ssm:GetParameter'],
      Resource: ['arn:aws:ssm:eu-central-1:123456789012:parameter/intent-fleet-production/shadow'],
    },
    {
      Sid: 'PublishMemory',
      Effect: 'Allow',
      Action: ['cloudwatch:PutMetricData'],
      Resource: ['*'],
      Condition: { StringEquals: { 'cloudwatch:namespace': 'IntentFleet' } },
    },
    {
      Sid: 'FindMachines',
      Effect: 'Allow',
      Action: ['ec2:DescribeInstances', 'ec2:DescribeAvailabilityZones'],
      Resource: ['*'],
    },
  ]);
});

test('the policy is the same once the stage has a monitoring machine', (t) => {
  t.deepEqual(statements({ enabled: true }), statements({ enabled: false }));
});

test('the monitoring machine may write metrics where the stage says so, also in another region', (t) => {
  const remoteWrite = { url: 'https://aps.example.com/api/v1/remote_write', region: 'eu-west-1' };
  t.deepEqual(statements({ enabled: true, remoteWrite }).slice(8), [
    {
      Sid: 'WriteMetrics',
      Effect: 'Allow',
      Action: ['aps:RemoteWrite'],
      Resource: ['arn:aws:aps:eu-west-1:123456789012:workspace/*'],
    },
  ]);
});
