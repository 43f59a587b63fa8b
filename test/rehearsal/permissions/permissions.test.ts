import test from 'ava';
import { Permissions } from '../../../rehearsal/permissions/permissions.ts';
import { type Policy, type Principal, userWith } from '../../../rehearsal/permissions/principal.ts';
import { callOf, type SignedRequest } from '../../../rehearsal/protocols/call.ts';
import { arn, clients, json, query, s3, tagging } from './calls.ts';

type Statement = { Effect?: string; Action: string | string[]; Resource?: string | string[]; Condition?: object };

const policy = (...statements: Statement[]): Policy => ({
  Statement: statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement })),
});

const user = (...statements: Statement[]) => userWith(policy(...statements));

const permissions = new Permissions('eu-central-1', clients());

const refusal = (principal: Principal, request: SignedRequest) =>
  permissions.refusalOf(principal, request, callOf(request));

const deployer = 'User: arn:aws:iam::123456789012:user/deployer is not authorized to perform:';
const notAllowed = (action: string, resource: string) =>
  `${deployer} ${action}${resource && ` on resource: ${resource}`} because no identity-based policy allows the ${action} action`;

const deleteVpc = query('ec2', 'Action=DeleteVpc&VpcId=vpc-1');
const createVpc = query('ec2', `Action=CreateVpc&${tagging('vpc')}`);
const vpc = arn('ec2', 'vpc/vpc-1');

test('what a policy allows passes, and what it does not mention is refused', async (t) => {
  t.is(await refusal(user({ Action: 'ec2:Delete*' }), deleteVpc), undefined);
  t.is(await refusal(user({ Action: 'EC2:deletevpc', Resource: vpc }), deleteVpc), undefined);
  t.is(await refusal(user({ Action: 's3:*' }), deleteVpc), notAllowed('ec2:DeleteVpc', vpc));
  const other = user({ Action: 'ec2:*', Resource: arn('ec2', 'vpc/vpc-2') });
  t.is(await refusal(other, deleteVpc), notAllowed('ec2:DeleteVpc', vpc));
});

test('a single statement counts like a list of one', async (t) => {
  const single = userWith({ Statement: { Effect: 'Allow', Action: 'ec2:*', Resource: '*' } });
  t.is(await refusal(single, deleteVpc), undefined);
});

test('an explicit deny is stronger than what is allowed', async (t) => {
  const denied = user({ Action: '*' }, { Effect: 'Deny', Action: 'ec2:DeleteVpc' });
  const message = `${deployer} ec2:DeleteVpc on resource: ${vpc} with an explicit deny in an identity-based policy`;
  t.is(await refusal(denied, deleteVpc), message);
});

test('an action without resources is allowed on * alone', async (t) => {
  const describe = query('ec2', 'Action=DescribeVpcs');
  t.is(await refusal(user({ Action: 'ec2:Describe*' }), describe), undefined);
  const onArns = user({ Action: 'ec2:Describe*', Resource: ['arn:aws:ec2:*:*:*', 'arn:aws:ec2:*:*:vpc/*'] });
  t.is(await refusal(onArns, describe), notAllowed('ec2:DescribeVpcs', ''));
});

test('what does not exist yet matches a pattern, but no id', async (t) => {
  const create = (Resource: string) => user({ Action: ['ec2:CreateVpc', 'ec2:CreateTags'], Resource });
  t.is(await refusal(create(arn('ec2', 'vpc/*')), createVpc), undefined);
  t.is(await refusal(create(vpc), createVpc), notAllowed('ec2:CreateVpc', arn('ec2', 'vpc/*')));
});

test('tags in the request decide, and whoever gives them must be allowed to tag', async (t) => {
  const tagged = (stage: string) => ({ StringEquals: { 'aws:RequestTag/Stage': stage } });
  const tagAtCreation = { Action: 'ec2:CreateTags', Condition: { StringEquals: { 'ec2:CreateAction': 'CreateVpc' } } };
  const create = (stage: string) => ({ Action: 'ec2:CreateVpc', Condition: tagged(stage) });
  t.is(await refusal(user(create('a'), tagAtCreation), createVpc), undefined);
  t.is(await refusal(user(create('b'), tagAtCreation), createVpc), notAllowed('ec2:CreateVpc', arn('ec2', 'vpc/*')));
  t.is(await refusal(user(create('a')), createVpc), notAllowed('ec2:CreateTags', arn('ec2', 'vpc/*')));
});

test('tags of what exists are read from the account', async (t) => {
  const owned = (stage: string) =>
    user({ Action: 'ec2:Delete*', Condition: { StringEquals: { 'aws:ResourceTag/Stage': stage } } });
  t.is(await refusal(owned('a'), deleteVpc), undefined);
  t.is(await refusal(owned('b'), deleteVpc), notAllowed('ec2:DeleteVpc', vpc));
});

test('a condition key that AWS does not have for an action is not there', async (t) => {
  const tagged = { StringEquals: { 'aws:RequestTag/Stage': 'a' } };
  const create = user({ Action: 'ec2:*', Condition: tagged });
  const subnet = query('ec2', `Action=CreateSubnet&VpcId=vpc-1&${tagging('subnet')}`);
  t.is(await refusal(create, subnet), notAllowed('ec2:CreateSubnet', vpc));
});

test('a boundary limits what the policies allow', async (t) => {
  const session = 'arn:aws:sts::123456789012:assumed-role/machines/i-1';
  const bounded = (...statements: Statement[]): Principal => ({
    arn: session,
    userId: 'AROA1:i-1',
    policies: [policy({ Action: '*' })],
    boundary: policy(...statements),
  });
  const get = s3('GET', '/releases/a%20b');
  const on = `User: ${session} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::releases/a b"`;
  t.is(await refusal(bounded({ Action: 's3:GetObject' }), get), undefined);
  t.is(
    await refusal(bounded({ Action: 'ec2:*' }), get),
    `${on} because no permissions boundary allows the s3:GetObject action`,
  );
  t.is(
    await refusal(bounded({ Action: '*' }, { Effect: 'Deny', Action: 's3:*' }), get),
    `${on} with an explicit deny in a permissions boundary`,
  );
});

test('requests count as if they came by TLS, to this region', async (t) => {
  const where = (Condition: object) => user({ Action: 'ec2:*', Condition });
  t.is(await refusal(where({ Bool: { 'aws:SecureTransport': 'true' } }), deleteVpc), undefined);
  t.is(await refusal(where({ StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }), deleteVpc), undefined);
  const elsewhere = where({ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } });
  t.is(await refusal(elsewhere, deleteVpc), notAllowed('ec2:DeleteVpc', vpc));
});

test('what the rehearsal cannot decide is refused, except to an administrator', async (t) => {
  const undecided: [SignedRequest, string][] = [
    [query('ec2', 'Action=TerminateInstances'), 'ec2:TerminateInstances'],
    [json('lambda', 'Lambda.Invoke', {}), 'lambda:Invoke'],
    [{ ...s3('GET', '/2015-03-31/functions'), service: 'lambda' }, 'GET /2015-03-31/functions of lambda'],
    [s3('GET', '/b?unheard-of'), 'GET /b?unheard-of of s3'],
    [{ ...query('ec2', 'Action=DescribeVpcs'), url: '/?Action=DeleteVpc' }, 'POST /?Action=DeleteVpc of ec2'],
    [{ ...json('ec2', 'X.DescribeVpcs', {}), ...query('ec2', 'Version=1') }, 'POST / of ec2'],
  ];
  const almost = user({ Action: '*' }, { Effect: 'Deny', Action: 'ec2:CreateVpc' });
  for (const [request, what] of undecided) {
    const message = `The rehearsal cannot decide about ${what}: rehearsal/permissions/names.ts does not tell its resources.`;
    t.is(await refusal(almost, request), message);
    t.is(await refusal(userWith(undefined), request), undefined);
  }
});
