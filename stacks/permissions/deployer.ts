import { monitoringName, monitoringTargetGroup } from '../monitoring-names.ts';
import { trackName, tracks, trackTargetGroup } from '../track-names.ts';
import { allow, type Conditions, type Policy, policyOf, type Statement } from './policy.ts';
import type { Scope } from './scope.ts';

/**
 * What whoever deploys a stage may do: what Terraform and the commands call from the first plan to destroy, limited to the
 * stage's names and tags where AWS can limit a call.
 */
export function deployerPolicy(scope: Scope): Policy {
  const { deployer, 'deployer-services': services } = deployerPolicies(scope);
  return policyOf([...deployer.Statement, ...services.Statement]);
}

/** The same as two managed policies, each of which has the length that IAM takes: network and machines, and what they use. */
export function deployerPolicies(scope: Scope): Record<'deployer' | 'deployer-services', Policy> {
  return {
    deployer: policyOf([
      readEverything,
      ...networkStatements(scope),
      ...launchStatements(scope),
      ...balancerStatements(scope),
      ...groupStatements(scope),
      ...roleStatements(scope),
    ]),
    'deployer-services': policyOf([
      readPrices,
      ...releaseStatements(scope),
      ...logStatements(scope),
      ...keyStatements(scope),
      ...shadowStatements(scope),
      ...feedbackStatements(scope),
      ...alarmStatements(scope),
      ...certificateStatements(scope),
      ...stateStatements(scope),
    ]),
  };
}

// AWS cannot limit most of these calls to resources.
const readEverything: Statement = {
  Sid: 'Read',
  Effect: 'Allow',
  Action: [
    ...['ec2:Describe*', 'elasticloadbalancing:Describe*', 'autoscaling:Describe*', 'logs:Describe*'],
    ...['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData', 'ssm:DescribeParameters'],
    'sts:GetCallerIdentity',
  ],
  Resource: ['*'],
};

// What a deployment needs is compared with the account's quota, and what it costs is told.
const readPrices: Statement = {
  Sid: 'QuotasAndPrices',
  Effect: 'Allow',
  Action: ['servicequotas:GetServiceQuota', 'pricing:GetProducts'],
  Resource: ['*'],
};

/** The calls that create resources and tag them at once. */
const creatingActions = [
  'CreateVpc',
  'CreateSubnet',
  'CreateInternetGateway',
  'CreateRouteTable',
  'CreateSecurityGroup',
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'CreateLaunchTemplate',
];

const revokingActions = ['RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress'];

/** The calls on what is there, whose resources all carry the tags; some of them name a parent of what is created. */
const changingActions = [
  ...['CreateSubnet', 'CreateRouteTable', 'CreateSecurityGroup', 'ModifyVpcAttribute', 'ModifySubnetAttribute'],
  ...['AttachInternetGateway', 'DetachInternetGateway', 'CreateRoute', 'ReplaceRoute'],
  ...['AssociateRouteTable', 'ReplaceRouteTableAssociation', 'DisassociateRouteTable'],
  ...['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'ModifySecurityGroupRules'],
  ...[...revokingActions, 'Delete*', 'GetConsoleOutput'],
];

function networkStatements(scope: Scope): Statement[] {
  const all = [scope.regional('ec2', '*')];
  return [
    allow('CreateTagged', 'ec2', creatingActions, all, tagsOf(scope, 'Request')),
    // The tags decide what may be changed: what exists already must not get them.
    allow('TagAtCreation', 'ec2', ['CreateTags'], all, {
      StringLike: { 'ec2:CreateAction': ['Create*', 'Authorize*', 'RunInstances'] },
    }),
    // AWS makes the default group of a network, without tags: all that is done to it is that its rules are removed.
    allow('CloseDefaultGroup', 'ec2', revokingActions, [scope.regional('ec2', 'security-group/*')]),
    allow('ChangeOwn', 'ec2', ['CreateTags', ...changingActions], all, tagsOf(scope, 'Resource')),
  ];
}

/** Launching machines: an Auto Scaling group that is created or changed checks that its caller could launch them. */
function launchStatements({ regional }: Scope): Statement[] {
  const template = { ArnLike: { 'ec2:LaunchTemplate': regional('ec2', 'launch-template/*') } };
  return [allow('Launch', 'ec2', ['RunInstances'], ['*'], template)];
}

const balancerActions = ['AddTags', 'Create*', 'Delete*', 'Modify*', 'RemoveTags', 'Set*'];

function balancerStatements({ name, regional }: Scope): Statement[] {
  const targetGroups = [...tracks.map((track) => trackTargetGroup(name, track)), monitoringTargetGroup(name)];
  const resources = [
    ...[`loadbalancer/app/${name}/*`, `listener/app/${name}/*`, `listener-rule/app/${name}/*`],
    ...targetGroups.map((group) => `targetgroup/${group}/*`),
  ];
  return [
    allow(
      'Balancer',
      'elasticloadbalancing',
      balancerActions,
      resources.map((resource) => regional('elasticloadbalancing', resource)),
    ),
  ];
}

const groupActions = [
  ...['CreateAutoScalingGroup', 'UpdateAutoScalingGroup', 'DeleteAutoScalingGroup'],
  ...['PutScalingPolicy', 'DeletePolicy', 'PutScheduledUpdateGroupAction', 'DeleteScheduledAction'],
  ...['StartInstanceRefresh', 'CancelInstanceRefresh'],
  ...['CreateOrUpdateTags', 'DeleteTags'],
];

function groupStatements({ name, regional, global }: Scope): Statement[] {
  const groups = [...tracks.map((track) => trackName(name, track)), monitoringName(name)].map((group) =>
    regional('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${group}`),
  );
  return [
    allow('Groups', 'autoscaling', groupActions, groups),
    // The roles by which AWS' services act; an account has each once.
    allow('ServiceRoles', 'iam', ['CreateServiceLinkedRole'], [global('iam', 'role/aws-service-role/*')], {
      StringEquals: { 'iam:AWSServiceName': ['autoscaling.amazonaws.com', 'elasticloadbalancing.amazonaws.com'] },
    }),
  ];
}

const alarmActions = ['PutMetricAlarm', 'DeleteAlarms', 'ListTagsForResource', 'TagResource', 'UntagResource'];

const dashboardActions = ['GetDashboard', 'PutDashboard', 'DeleteDashboards'];

const topicActions = [
  ...['CreateTopic', 'DeleteTopic', 'GetTopicAttributes', 'SetTopicAttributes'],
  ...['ListTagsForResource', 'TagResource', 'UntagResource', 'Subscribe', 'Unsubscribe', 'GetSubscriptionAttributes'],
];

// The ARN of a subscription begins with that of its topic.
function alarmStatements({ name, regional, global }: Scope): Statement[] {
  return [
    allow('Alarms', 'cloudwatch', alarmActions, [regional('cloudwatch', `alarm:${name}-*`)]),
    allow('Dashboard', 'cloudwatch', dashboardActions, [global('cloudwatch', `dashboard/${name}`)]),
    allow('Topic', 'sns', topicActions, [regional('sns', `${name}-alarms*`)]),
  ];
}

/** The calls that give the role permissions; under a boundary they are allowed while the role has it. */
const boundedActions = ['CreateRole', 'PutRolePolicy', 'PutRolePermissionsBoundary'];

const roleActions = [
  ...['Get*', 'List*', 'DeleteRole', 'UpdateRole', 'UpdateAssumeRolePolicy', 'TagRole', 'UntagRole'],
  ...['DeleteRolePolicy', 'DetachRolePolicy', '*InstanceProfile'],
];

function roleStatements({ stage, name, global }: Scope): Statement[] {
  const names = [name, monitoringName(name)];
  const roles = names.map((role) => global('iam', `role/${role}`));
  const profiles = names.map((profile) => global('iam', `instance-profile/${profile}`));
  const { permissionsBoundary: boundary } = stage.settings;
  const bounded = boundary === undefined ? undefined : { StringEquals: { 'iam:PermissionsBoundary': boundary } };
  return [
    allow('GrantToRole', 'iam', boundedActions, roles, bounded),
    allow('Role', 'iam', roleActions, [...roles, ...profiles]),
    allow('PassRole', 'iam', ['PassRole'], roles, {
      StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] },
    }),
  ];
}

const bucketActions = [
  ...['CreateBucket', 'DeleteBucket', 'DeleteBucketPolicy', 'PutBucket*', 'PutEncryptionConfiguration'],
  ...['PutLifecycleConfiguration', 'Get*', 'List*'],
];

const objectActions = [
  ...['Get*', 'PutObject', 'PutObjectTagging', 'DeleteObject', 'DeleteObjectVersion'],
  ...['AbortMultipartUpload', 'ListMultipartUploadParts'],
];

function releaseStatements({ bucket, unowned }: Scope): Statement[] {
  return [
    allow('ReleaseBucket', 's3', bucketActions, [unowned('s3', bucket)]),
    allow('Releases', 's3', objectActions, [unowned('s3', `${bucket}/*`)]),
  ];
}

const logActions = [
  ...['CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'DeleteRetentionPolicy', 'FilterLogEvents'],
  ...['ListTagsForResource', 'TagResource', 'UntagResource'],
];

function logStatements({ logGroups, regional }: Scope): Statement[] {
  return [allow('Logs', 'logs', logActions, [regional('logs', `log-group:${logGroups}/*`)])];
}

const shadowActions = [
  ...['PutParameter', 'GetParameter', 'GetParameters', 'DeleteParameter', 'ListTagsForResource'],
  ...['AddTagsToResource', 'RemoveTagsFromResource'],
];

function shadowStatements({ shadow }: Scope): Statement[] {
  return [allow('Shadow', 'ssm', shadowActions, [shadow])];
}

const keyActions = ['GetParametersByPath', 'PutParameter', 'DeleteParameter'];

function keyStatements({ apiKeys }: Scope): Statement[] {
  return [allow('ApiKeys', 'ssm', keyActions, apiKeys)];
}

/** The bucket of feedback is made and configured, and read, but neither it nor what is in it is ever deleted. */
const feedbackActions = [
  ...['CreateBucket', 'PutBucketPublicAccessBlock', 'PutEncryptionConfiguration', 'PutLifecycleConfiguration'],
  ...['PutBucketPolicy', 'ListBucket'],
];

function feedbackStatements({ predictionKey, feedbackBucket, feedback, unowned }: Scope): Statement[] {
  return [
    allow('PredictionKey', 'ssm', ['PutParameter', 'DeleteParameter'], [predictionKey]),
    allow('FeedbackBucket', 's3', feedbackActions, [unowned('s3', feedbackBucket)]),
    allow('Feedback', 's3', ['GetObject'], [feedback]),
  ];
}

const certificateActions = [
  ...['RequestCertificate', 'DescribeCertificate', 'DeleteCertificate'],
  ...['AddTagsToCertificate', 'RemoveTagsFromCertificate', 'ListTagsForCertificate'],
];

// A certificate for a domain is requested from ACM, and the domain's zone proves it.
function certificateStatements({ stage, regional, unowned }: Scope): Statement[] {
  const { certificate } = stage.settings.balancer;
  if (certificate.from !== 'domain') return [];
  return [
    allow('Certificate', 'acm', certificateActions, [regional('acm', 'certificate/*')]),
    allow(
      'Zone',
      'route53',
      ['GetHostedZone', 'ListResourceRecordSets', 'ChangeResourceRecordSets', 'ListTagsForResource'],
      [unowned('route53', `hostedzone/${certificate.zone}`)],
    ),
    allow('ZoneChanges', 'route53', ['GetChange'], [unowned('route53', 'change/*')]),
  ];
}

// The state, Terraform's lock of it, and the lock of the commands.
function stateStatements({ stage, name, unowned }: Scope): Statement[] {
  const { state } = stage.settings;
  if (state.backend === 'local') return [];
  const keys = [`${name}.tfstate`, `${name}.tfstate.tflock`, `${name}.lock.json`, `${name}.abort`];
  return [
    allow('StateBucket', 's3', ['ListBucket'], [unowned('s3', state.bucket)]),
    allow(
      'State',
      's3',
      ['GetObject', 'PutObject', 'DeleteObject'],
      keys.map((key) => unowned('s3', `${state.bucket}/${key}`)),
    ),
  ];
}

function tagsOf({ stage }: Scope, of: 'Request' | 'Resource'): Conditions {
  return {
    StringEquals: { [`aws:${of}Tag/Project`]: stage.settings.name, [`aws:${of}Tag/Stage`]: stage.name },
  };
}
