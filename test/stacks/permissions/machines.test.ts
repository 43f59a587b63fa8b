import test from 'ava';
import { machinesBoundary } from '../../../stacks/permissions/machines.ts';
import { scopeOf } from '../../../stacks/permissions/scope.ts';
import { accountId, productionStage } from './stage.ts';

test('machines may read releases, and nothing else', (t) => {
  t.deepEqual(machinesBoundary(scopeOf(productionStage(), accountId)), {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadReleases',
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: ['arn:aws:s3:::intent-fleet-production-releases-123456789012/releases/*'],
      },
    ],
  });
});
