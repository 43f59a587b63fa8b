import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CreateSubnetCommand, CreateVpcCommand, DeleteVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import test, { type ExecutionContext } from 'ava';
import { startMoto } from '../../../rehearsal/emulator/moto.ts';
import { admission } from '../../../rehearsal/gateway/access.ts';
import { forwardTo } from '../../../rehearsal/gateway/forward.ts';
import { createGateway } from '../../../rehearsal/gateway/gateway.ts';
import { ensureMoto } from '../../../rehearsal/install.ts';
import { Permissions } from '../../../rehearsal/permissions/permissions.ts';
import { type Policy, userWith } from '../../../rehearsal/permissions/principal.ts';
import { Roles } from '../../../rehearsal/permissions/roles.ts';
import { exampleAccount, exampleStage } from '../../../stacks/example-stage.ts';
import { deployerPolicy } from '../../../stacks/permissions/deployer.ts';
import { scopeOf } from '../../../stacks/permissions/scope.ts';
import { freePort, listen } from '../../support/servers.ts';
import { accessKey } from './signed.ts';

const machineKey = {
  accessKeyId: 'ASIA0123456789ABCDEF',
  secretAccessKey: 'of-the-machine',
  sessionToken: 'token',
  expiration: new Date(8.64e15),
};

const region = 'eu-central-1';

/** The clients of an endpoint for one access key. */
function clientsOf(endpoint: string, credentials = accessKey) {
  const configuration = { endpoint, region, credentials, maxAttempts: 1 };
  return {
    acm: new ACMClient(configuration),
    autoScaling: new AutoScalingClient(configuration),
    balancing: new ElasticLoadBalancingV2Client(configuration),
    ec2: new EC2Client(configuration),
    iam: new IAMClient(configuration),
    s3: new S3Client({ ...configuration, forcePathStyle: true }),
    sts: new STSClient(configuration),
  };
}

let port = 0;
const cleaning: (() => void)[] = [];

test.before(async () => {
  port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'intent-fleet-'));
  const moto = await startMoto(await ensureMoto(() => undefined), folder, port);
  cleaning.push(
    () => moto.kill('SIGKILL'),
    () => rmSync(folder, { recursive: true }),
  );
});
test.after.always(() => {
  for (const clean of cleaning) clean();
});

/** The real emulator behind a gateway for a user with a policy and for a machine with the role `machines`. */
async function account(t: ExecutionContext, policy?: object) {
  const inside = clientsOf(`http://127.0.0.1:${port}`);
  const roles = new Roles(inside.iam);
  const callers = [
    { key: accessKey, principal: async () => userWith(policy as Policy | undefined) },
    { key: machineKey, principal: () => roles.sessionOf('machines', 'i-1') },
  ];
  const server = createGateway({
    forward: forwardTo(port),
    admit: admission((id) => callers.find(({ key }) => key.accessKeyId === id), new Permissions(region, inside)),
    answers: {},
    onChange: () => roles.forget(),
  });
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  return { inside, user: clientsOf(endpoint), machine: clientsOf(endpoint, machineKey) };
}

const stagePolicy = () => deployerPolicy(scopeOf(exampleStage(), exampleAccount));

const tagged = (ResourceType: 'vpc' | 'subnet') => {
  const Tags = [
    { Key: 'Project', Value: 'intent-fleet' },
    { Key: 'Stage', Value: 'production' },
  ];
  return { TagSpecifications: [{ ResourceType, Tags }] };
};

const network = { CidrBlock: '10.0.0.0/16', ...tagged('vpc') };

test("the stage's policy lets its deployer make, change and remove what carries the stage's tags alone", async (t) => {
  const { user, inside } = await account(t, stagePolicy());
  const { Vpc } = await user.ec2.send(new CreateVpcCommand(network));
  const subnet = { VpcId: Vpc?.VpcId, CidrBlock: '10.0.1.0/24', ...tagged('subnet') };
  await t.notThrowsAsync(user.ec2.send(new CreateSubnetCommand(subnet)));
  const foreign = await inside.ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
  const error = await t.throwsAsync(user.ec2.send(new DeleteVpcCommand({ VpcId: foreign.Vpc?.VpcId })));
  t.like(error, { name: 'UnauthorizedOperation', $metadata: { httpStatusCode: 403 } } as object);
  t.is(
    error.message,
    'You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/deployer is not authorized ' +
      `to perform: ec2:DeleteVpc on resource: arn:aws:ec2:eu-central-1:123456789012:vpc/${foreign.Vpc?.VpcId} ` +
      'because no identity-based policy allows the ec2:DeleteVpc action',
  );
});

test('without one permission, the call fails that needs it', async (t) => {
  const policy = stagePolicy();
  const without = (removed: string) => ({
    ...policy,
    Statement: policy.Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((action) => action !== removed),
    })),
  });
  const { user } = await account(t, without('ec2:CreateTags'));
  const message = /ec2:CreateTags on resource: arn:aws:ec2:eu-central-1:123456789012:vpc\/\* because no identity-based/;
  await t.throwsAsync(user.ec2.send(new CreateVpcCommand(network)), { name: 'UnauthorizedOperation', message });
  await t.notThrowsAsync(user.autoScaling.send(new DescribeAutoScalingGroupsCommand({})));
  const json = await t.throwsAsync(user.acm.send(new ListCertificatesCommand({})));
  t.like(json, { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } } as object);
  t.regex(json.message, /user\/deployer is not authorized to perform: acm:ListCertificates because no identity-based/);
});

const object = { Bucket: 'releases', Key: 'releases/a' };
const allow = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const RoleName = 'machines';

test("a machine may do what its role's policies and boundary allow, from the moment on that they do", async (t) => {
  const { user, machine } = await account(t);
  await user.s3.send(
    new CreateBucketCommand({ Bucket: object.Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  await user.s3.send(new PutObjectCommand({ ...object, Body: 'the release' }));
  await user.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: allow('sts:AssumeRole') }));
  const session = 'arn:aws:sts::123456789012:assumed-role/machines/i-1';
  const { Arn, Account } = await machine.sts.send(new GetCallerIdentityCommand({}));
  t.deepEqual([Arn, Account], [session, '123456789012']);
  const read = async () => (await machine.s3.send(new GetObjectCommand(object))).Body?.transformToString();
  const refusedBecause = (reason: string) => ({
    name: 'AccessDenied',
    message: `User: ${session} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::releases/releases/a" because no ${reason} allows the s3:GetObject action`,
  });

  await t.throwsAsync(read(), refusedBecause('identity-based policy'));
  await user.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'read', PolicyDocument: allow('s3:Get*') }));
  t.is(await read(), 'the release');
  await t.throwsAsync(machine.s3.send(new PutObjectCommand({ ...object, Body: 'mine' })), { name: 'AccessDenied' });

  const narrow = await user.iam.send(
    new CreatePolicyCommand({ PolicyName: 'narrow', PolicyDocument: allow('logs:*') }),
  );
  await user.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: narrow.Policy?.Arn }));
  await t.throwsAsync(read(), refusedBecause('permissions boundary'));

  await user.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'read' }));
  await user.iam.send(new DeleteRoleCommand({ RoleName }));
  await t.throwsAsync(read(), { name: 'InvalidAccessKeyId' });
});
