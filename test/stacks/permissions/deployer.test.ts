import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { checkoutFolder } from '../../../common/paths.ts';
import { exampleAccount, exampleStage } from '../../../stacks/example-stage.ts';
import { deployerPolicies, deployerPolicy } from '../../../stacks/permissions/deployer.ts';
import { machinesBoundary } from '../../../stacks/permissions/machines.ts';
import { scopeOf } from '../../../stacks/permissions/scope.ts';
import type { Settings } from '../../../stages/settings.ts';

const boundary = 'arn:aws:iam::123456789012:policy/machines';

const roles = ['intent-fleet-production', 'intent-fleet-production-monitoring'].map(
  (role) => `arn:aws:iam::123456789012:role/${role}`,
);

/** The policy for the example stage with other values of some settings. */
function policyWith(values: Partial<Settings> = {}) {
  const { name, settings } = exampleStage();
  return deployerPolicy(scopeOf({ name, settings: { ...settings, ...values } }, exampleAccount));
}

/** The statement with a name, without its effect. */
function statement(sid: string, values: Partial<Settings> = {}) {
  const found = policyWith(values).Statement.find(({ Sid }) => Sid === sid);
  if (!found) return undefined;
  const { Sid: _, Effect, ...rest } = found;
  return Effect === 'Allow' ? rest : undefined;
}

/** What Terraform calls in apply, in an apply with changes and in destroy, as its provider's log names it. */
const calledByTerraform: Record<string, string> = {
  ec2: `AssociateRouteTable AttachInternetGateway AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress
    CreateInternetGateway CreateLaunchTemplate CreateRoute CreateRouteTable CreateSecurityGroup CreateSubnet CreateTags
    CreateVpc DeleteInternetGateway DeleteLaunchTemplate DeleteRoute DeleteRouteTable DeleteSecurityGroup DeleteSubnet
    DeleteVpc DescribeAvailabilityZones DescribeInternetGateways DescribeLaunchTemplateVersions DescribeLaunchTemplates
    DescribeNetworkAcls DescribeNetworkInterfaces DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups
    DescribeSubnets DescribeVpcAttribute DescribeVpcs DetachInternetGateway DisassociateRouteTable ModifySubnetAttribute
    ModifyVpcAttribute RevokeSecurityGroupEgress RevokeSecurityGroupIngress RunInstances`,
  iam: `AddRoleToInstanceProfile CreateInstanceProfile CreateRole DeleteInstanceProfile DeleteRole DeleteRolePolicy
    GetInstanceProfile GetRole GetRolePolicy ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies PassRole
    PutRolePolicy RemoveRoleFromInstanceProfile`,
  // The actions that IAM checks are named otherwise than some calls: HeadBucket is ListBucket, HeadObject is GetObject.
  s3: `AbortMultipartUpload CreateBucket DeleteBucket DeleteBucketPolicy DeleteObject DeleteObjectVersion
    GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy
    GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite
    GetEncryptionConfiguration GetLifecycleConfiguration GetObject GetObjectTagging GetReplicationConfiguration ListBucket
    ListBucketVersions PutBucketPolicy PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning
    PutEncryptionConfiguration PutLifecycleConfiguration PutObject`,
  elasticloadbalancing: `CreateListener CreateLoadBalancer CreateRule CreateTargetGroup DeleteListener DeleteLoadBalancer
    DeleteRule DeleteTargetGroup DescribeRules ModifyRule DescribeCapacityReservation DescribeListenerAttributes DescribeListeners DescribeLoadBalancerAttributes
    DescribeLoadBalancers DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups ModifyLoadBalancerAttributes
    ModifyTargetGroupAttributes`,
  autoscaling: `CreateAutoScalingGroup DeleteAutoScalingGroup DeletePolicy DescribeAutoScalingGroups DescribePolicies
    DeleteScheduledAction DescribeScheduledActions PutScalingPolicy PutScheduledUpdateGroupAction StartInstanceRefresh
    UpdateAutoScalingGroup`,
  cloudwatch:
    'DeleteAlarms DeleteDashboards DescribeAlarms GetDashboard ListTagsForResource PutDashboard PutMetricAlarm',
  sns: 'CreateTopic DeleteTopic GetTopicAttributes ListTagsForResource SetTopicAttributes',
  logs: 'CreateLogGroup DeleteLogGroup DescribeLogGroups ListTagsForResource PutRetentionPolicy TagResource UntagResource',
  sts: 'GetCallerIdentity',
};

const services: Record<string, string> = {
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'auto-scaling': 'autoscaling',
  'cloudwatch-logs': 'logs',
  'service-quotas': 'servicequotas',
};

/** The calls of S3 that IAM knows by another name. */
const renamed: Record<string, string> = {
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListObjectsV2: 'ListBucket',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
};

/** The calls that the commands make themselves, as the imports of their files name them. */
function calledByCommands(): string[] {
  const folder = join(checkoutFolder, 'deployments');
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter((name) => name.endsWith('.ts'));
  const sources = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  return sources.flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([a-z0-9-]+)'/g)].flatMap(
      ([, names = '', client = '']) =>
        [...names.matchAll(/(?:paginate)?(\w+?)(?:(?<=paginate\w+)|Command)\b(?!Output|Input)/g)].map(
          ([, action]) => `${services[client] ?? client}:${renamed[action ?? ''] ?? action}`,
        ),
    ),
  );
}

test('all that Terraform and the commands call is allowed', (t) => {
  const allowed = policyWith().Statement.flatMap(({ Action }) => Action);
  const isAllowed = (action: string) =>
    allowed.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action));
  const terraform = Object.entries(calledByTerraform).flatMap(([service, actions]) =>
    actions.split(/\s+/).map((action) => `${service}:${action}`),
  );
  const commands = calledByCommands();
  t.true(commands.length > 15);
  t.deepEqual(
    [...terraform, ...commands].filter((action) => !isAllowed(action)),
    [],
  );
});

test('calls that change something are limited to the names and the tags of the stage', (t) => {
  const own = /intent-fleet-production|intent-fleet-871b6cc2-monitoring|my-terraform-state|Z0123456789/;
  const unlimited = policyWith({ permissionsBoundary: boundary }).Statement.filter(
    ({ Resource, Condition }) => !Condition && !Resource.every((resource) => own.test(resource)),
  );
  t.deepEqual(
    unlimited.map(({ Sid }) => Sid),
    ['Read', 'CloseDefaultGroup', 'QuotasAndPrices', 'Certificate', 'ZoneChanges'],
  );
  const tags = { 'aws:ResourceTag/Project': 'intent-fleet', 'aws:ResourceTag/Stage': 'production' };
  t.deepEqual(statement('ChangeOwn')?.Condition, { StringEquals: tags });
  t.deepEqual(statement('Balancer')?.Resource, [
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/intent-fleet-production/*',
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/intent-fleet-production/*',
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/intent-fleet-production/*',
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/intent-fleet-production/*',
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/intent-fleet-production-green/*',
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/intent-fleet-871b6cc2-monitoring/*',
  ]);
  t.deepEqual(statement('Groups')?.Resource, [
    'arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:*:autoScalingGroupName/intent-fleet-production',
    'arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:*:autoScalingGroupName/intent-fleet-production-green',
    'arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:*:autoScalingGroupName/intent-fleet-production-monitoring',
  ]);
  t.deepEqual(statement('PassRole'), {
    Action: ['iam:PassRole'],
    Resource: roles,
    Condition: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
  });
});

test('tags are given to what is created only: who could tag what exists could change it', (t) => {
  const tagging = policyWith().Statement.filter(({ Action }) => Action.includes('ec2:CreateTags'));
  t.deepEqual(
    tagging.map(({ Condition }) => Condition),
    [
      { StringLike: { 'ec2:CreateAction': ['Create*', 'Authorize*', 'RunInstances'] } },
      { StringEquals: { 'aws:ResourceTag/Project': 'intent-fleet', 'aws:ResourceTag/Stage': 'production' } },
    ],
  );
});

test('under a boundary, a role gets permissions only while it has the boundary, and keeps it', (t) => {
  const grant = {
    Action: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'],
    Resource: roles,
  };
  t.deepEqual(statement('GrantToRole', { permissionsBoundary: undefined }), grant);
  t.deepEqual(statement('GrantToRole', { permissionsBoundary: boundary }), {
    ...grant,
    Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
  });
  const actions = policyWith({ permissionsBoundary: boundary }).Statement.flatMap(({ Action }) => Action);
  t.deepEqual(
    actions.filter((action) => /^iam:(Attach|Put|Delete.*Boundary|\*$)/.test(action)),
    ['iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'],
  );
});

test('a state in S3 is allowed by its keys; a local one needs nothing', (t) => {
  t.deepEqual(statement('State'), {
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    Resource: ['tfstate', 'tfstate.tflock', 'lock.json', 'abort'].map(
      (ending) => `arn:aws:s3:::my-terraform-state/intent-fleet-production.${ending}`,
    ),
  });
  t.is(statement('State', { state: { backend: 'local' } }), undefined);
});

test("a domain's certificate and zone are allowed; a certificate of one's own needs nothing", (t) => {
  t.deepEqual(statement('Zone')?.Resource, ['arn:aws:route53:::hostedzone/Z0123456789']);
  const arn = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b';
  const { balancer } = exampleStage().settings;
  t.is(statement('Certificate', { balancer: { ...balancer, certificate: { from: 'arn', arn } } }), undefined);
});

test('the partitions of China and of the US government have ARNs of their own', (t) => {
  const bucketIn = (region: string) => statement('ReleaseBucket', { region })?.Resource;
  t.deepEqual(bucketIn('cn-north-1'), ['arn:aws-cn:s3:::intent-fleet-production-releases-123456789012']);
  t.deepEqual(bucketIn('us-gov-west-1'), ['arn:aws-us-gov:s3:::intent-fleet-production-releases-123456789012']);
});

test('each of the two policies stays below the limit of a managed policy, also with the longest names', (t) => {
  const { name, settings } = exampleStage();
  const longest: Settings = {
    ...settings,
    name: 'abcdefghijabcdefghij',
    region: 'ap-southeast-1',
    permissionsBoundary: `arn:aws:iam::123456789012:policy/${'p'.repeat(128)}`,
    state: { backend: 's3', bucket: 'b'.repeat(63), region: 'ap-southeast-1' },
  };
  const policies = deployerPolicies(scopeOf({ name, settings: longest }, exampleAccount));
  for (const [of, policy] of Object.entries(policies)) t.true(JSON.stringify(policy).length <= 6144, of);
});

test('whoever deploys keeps a history in the bucket of the releases; the machines cannot read it', (t) => {
  const bucket = 'arn:aws:s3:::intent-fleet-production-releases-123456789012';
  const holds = (sid: string, action: string) => {
    const found = statement(sid);
    const isAllowed = found?.Action.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action));
    return isAllowed ? found?.Resource : undefined;
  };
  t.deepEqual(holds('ReleaseBucket', 's3:ListBucket'), [bucket]);
  for (const action of ['s3:PutObject', 's3:GetObject']) t.deepEqual(holds('Releases', action), [`${bucket}/*`]);
  const { name, settings } = exampleStage();
  const machines = machinesBoundary(scopeOf({ name, settings }, exampleAccount));
  const readable = machines.Statement.filter(({ Action }) => Action.some((action) => action === 's3:GetObject'));
  t.deepEqual(
    readable.map(({ Resource }) => Resource),
    [[`${bucket}/releases/*`]],
  );
});
