import type { IAMClient } from '@aws-sdk/client-iam';
import test from 'ava';
import { Roles } from '../../../rehearsal/permissions/roles.ts';
import { awsClient } from '../aws-client.ts';

const policy = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const encoded = (Action: string) => encodeURIComponent(JSON.stringify(policy(Action)));
const boundary = 'arn:aws:iam::123456789012:policy/boundary';
const managed = 'arn:aws:iam::aws:policy/Managed';

/** An IAM with the role `machines`, which counts how often the role is read. */
function iam() {
  const actions: Record<string, string> = { [boundary]: 's3:*', [managed]: 'logs:*' };
  let reads = 0;
  const answers: Record<string, (input: Record<string, unknown>) => object> = {
    GetRoleCommand: ({ RoleName }) => {
      reads++;
      if (RoleName !== 'machines') throw Object.assign(new Error('gone'), { name: 'NoSuchEntityException' });
      const PermissionsBoundary = { PermissionsBoundaryArn: boundary };
      return { Role: { Arn: 'arn:aws:iam::123456789012:role/machines', RoleId: 'AROA1', PermissionsBoundary } };
    },
    ListRolePoliciesCommand: () => ({ PolicyNames: ['own'] }),
    ListAttachedRolePoliciesCommand: () => ({ AttachedPolicies: [{ PolicyArn: managed }] }),
    GetRolePolicyCommand: () => ({ PolicyDocument: encoded('s3:GetObject') }),
    GetPolicyCommand: () => ({ Policy: { DefaultVersionId: 'v2' } }),
    GetPolicyVersionCommand: ({ PolicyArn, VersionId }) => ({
      PolicyVersion: { Document: encoded(VersionId === 'v2' ? (actions[String(PolicyArn)] ?? '') : 'old:*') },
    }),
  };
  const client = awsClient<IAMClient>((command, input) => answers[command]?.(input));
  return { roles: new Roles(client), reads: () => reads };
}

test('a machine is a session of its role, with inline and managed policies and the boundary', async (t) => {
  t.deepEqual(await iam().roles.sessionOf('machines', 'i-1'), {
    arn: 'arn:aws:sts::123456789012:assumed-role/machines/i-1',
    userId: 'AROA1:i-1',
    policies: [policy('s3:GetObject'), policy('logs:*')],
    boundary: policy('s3:*'),
  });
});

test('a role is read once until something changes', async (t) => {
  const { roles, reads } = iam();
  const sessions = await Promise.all(['i-1', 'i-2'].map((instance) => roles.sessionOf('machines', instance)));
  t.deepEqual(
    sessions.map((session) => session?.userId),
    ['AROA1:i-1', 'AROA1:i-2'],
  );
  t.is(reads(), 1);
  roles.forget();
  await roles.sessionOf('machines', 'i-1');
  t.is(reads(), 2);
});

test('there is no session of a role that is gone', async (t) => {
  t.is(await iam().roles.sessionOf('another', 'i-1'), undefined);
});
