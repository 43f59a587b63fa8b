import test from 'ava';
import { exampleAccount, exampleStage } from '../../../stacks/example-stage.ts';
import { machinesBoundary } from '../../../stacks/permissions/machines.ts';
import { scopeOf } from '../../../stacks/permissions/scope.ts';

test('machines may read releases, write logs and publish their memory, and nothing else', (t) => {
  t.deepEqual(machinesBoundary(scopeOf(exampleStage(), exampleAccount)), {
    Version: '2012-10-17',
    Statement: [
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
        Sid: 'PublishMemory',
        Effect: 'Allow',
        Action: ['cloudwatch:PutMetricData'],
        Resource: ['*'],
        Condition: { StringEquals: { 'cloudwatch:namespace': 'IntentFleet' } },
      },
    ],
  });
});
