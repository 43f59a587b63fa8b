import test from 'ava';
import { renderUserData } from '../../bootstrap/user-data.ts';
import { machineVariables } from '../../stacks/variables.ts';
import { arn, production, ref, release, resources, synthesized } from './synthesized.ts';

const stack = resources(synthesized(production()));

const name = 'intent-fleet-production';
const vpcId = ref('aws_vpc.network_vpc.id');
const subnets = [ref('aws_subnet.network_subnet-0.id'), ref('aws_subnet.network_subnet-1.id')];
const routes = ['aws_route_table_association.network_routes-0', 'aws_route_table_association.network_routes-1'];
const balancerGroup = ref('aws_security_group.firewall_balancer.id');
const machinesGroup = ref('aws_security_group.firewall_machines.id');
const internet = { cidr_ipv4: '0.0.0.0/0' };
const balancer = { referenced_security_group_id: balancerGroup };
const machines = { referenced_security_group_id: machinesGroup };
const loadBalancerArn = ref('aws_lb.balancer_load-balancer.arn');
const targetGroupArn = ref('aws_lb_target_group.balancer_target-group.arn');
const template = 'aws_launch_template.fleet_launch-template';
const tags = { Project: 'intent-fleet', Stage: 'production', ManagedBy: 'terraform' };
const bucketName = `${name}-releases-210987654321`;
const bucket = ref('aws_s3_bucket.release-store_bucket.id');
const bucketArn = ref('aws_s3_bucket.release-store_bucket.arn');
const role = ref('aws_iam_role.identity_role.name');

function subnet(index: number) {
  const zones = 'data.aws_availability_zones.network_zones.names';
  return {
    vpc_id: vpcId,
    availability_zone: ref(`element(${zones}, ${index})`),
    cidr_block: ref(`cidrsubnet("10.20.0.0/16", 2, ${index})`),
  };
}

function routesOf(index: number) {
  return { subnet_id: subnets[index], route_table_id: ref('aws_route_table.network_routes.id') };
}

function group(id: string, description: string) {
  return { name: `${name}-${id}`, description, vpc_id: vpcId };
}

function rule(groupId: string, peer: object, port: number) {
  return { security_group_id: groupId, ...peer, ip_protocol: 'tcp', from_port: port, to_port: port };
}

function userData(): string {
  const url = `https://${bucketName}.s3.eu-central-1.amazonaws.com/${release.key}`;
  return renderUserData({
    release: { url, sha256: release.sha256, region: 'eu-central-1' },
    variables: machineVariables(name, production().stage.settings),
  });
}

function uploaded({ key, path }: { key: string; path: string }, content_type: string) {
  return {
    bucket,
    key,
    source: path,
    content_type,
    lifecycle: { create_before_destroy: true, ignore_changes: ['source'] },
    depends_on: [
      'aws_s3_bucket_public_access_block.release-store_public-access-block',
      'aws_s3_bucket_server_side_encryption_configuration.release-store_encryption',
      'aws_s3_bucket_versioning.release-store_versioning',
      'aws_s3_bucket_policy.release-store_tls-only',
    ],
  };
}

function policy(statement: object) {
  return { statement: [statement] };
}

function attached(policy: string) {
  return { role, policy_arn: `arn:aws:iam::aws:policy/${policy}` };
}

const parts: Record<string, Record<string, object>> = {
  'network: a public subnet in each of two zones': {
    'aws_vpc.network_vpc': { cidr_block: '10.20.0.0/16', enable_dns_support: true, enable_dns_hostnames: true },
    'aws_internet_gateway.network_internet-gateway': { vpc_id: vpcId },
    'aws_route_table.network_routes': {
      vpc_id: vpcId,
      route: [{ cidr_block: '0.0.0.0/0', gateway_id: ref('aws_internet_gateway.network_internet-gateway.id') }],
    },
    'data.aws_availability_zones.network_zones': {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    },
    'aws_subnet.network_subnet-0': subnet(0),
    'aws_subnet.network_subnet-1': subnet(1),
    'aws_route_table_association.network_routes-0': routesOf(0),
    'aws_route_table_association.network_routes-1': routesOf(1),
  },
  'firewall: internet to balancer, balancer to machines, no SSH': {
    'aws_security_group.firewall_balancer': group('balancer', 'The load balancer: the world on 80 and 443'),
    'aws_security_group.firewall_machines': group('machines', 'The machines: the load balancer alone'),
    'aws_vpc_security_group_ingress_rule.firewall_balancer-in-80': rule(balancerGroup, internet, 80),
    'aws_vpc_security_group_ingress_rule.firewall_balancer-in-443': rule(balancerGroup, internet, 443),
    'aws_vpc_security_group_ingress_rule.firewall_machines-in': rule(machinesGroup, balancer, 443),
    'aws_vpc_security_group_egress_rule.firewall_balancer-out': rule(balancerGroup, machines, 443),
    'aws_vpc_security_group_egress_rule.firewall_machines-out-80': rule(machinesGroup, internet, 80),
    'aws_vpc_security_group_egress_rule.firewall_machines-out-443': rule(machinesGroup, internet, 443),
  },
  'balancer: in both subnets after their routes, port 443 forwards, port 80 redirects to it': {
    'aws_lb.balancer_load-balancer': {
      name,
      load_balancer_type: 'application',
      subnets,
      security_groups: [balancerGroup],
      idle_timeout: 60,
      drop_invalid_header_fields: true,
      depends_on: routes,
    },
    'aws_lb_target_group.balancer_target-group': {
      name,
      vpc_id: vpcId,
      port: 443,
      protocol: 'HTTPS',
      load_balancing_algorithm_type: 'least_outstanding_requests',
      deregistration_delay: '30',
      health_check: {
        path: '/health',
        protocol: 'HTTPS',
        matcher: '200',
        interval: 10,
        timeout: 5,
        healthy_threshold: 2,
        unhealthy_threshold: 3,
      },
    },
    'aws_lb_listener.balancer_https': {
      load_balancer_arn: loadBalancerArn,
      port: 443,
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificate_arn: arn,
      default_action: [{ type: 'forward', target_group_arn: targetGroupArn }],
    },
    'aws_lb_listener.balancer_http': {
      load_balancer_arn: loadBalancerArn,
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } }],
    },
  },
  'fleet: machines have IMDSv2, an encrypted disk and no key, boot the newest image and scale to a CPU utilization': {
    [template]: {
      // Ends with the revision, whose changes have a test of their own.
      name: stack[template]?.name,
      image_id: ref('data.aws_ami.fleet_image.id'),
      instance_type: 't3.small',
      user_data: Buffer.from(userData()).toString('base64'),
      iam_instance_profile: { arn: ref('aws_iam_instance_profile.identity_profile.arn') },
      network_interfaces: [
        { associate_public_ip_address: 'true', delete_on_termination: 'true', security_groups: [machinesGroup] },
      ],
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
      block_device_mappings: [
        {
          device_name: ref('data.aws_ami.fleet_image.root_device_name'),
          ebs: { encrypted: 'true', volume_type: 'gp3', volume_size: 8, delete_on_termination: 'true' },
        },
      ],
      tag_specifications: [
        { resource_type: 'instance', tags: { ...tags, Name: name } },
        { resource_type: 'volume', tags: { ...tags, Name: name } },
      ],
      lifecycle: { create_before_destroy: true },
    },
    'data.aws_ami.fleet_image': {
      owners: ['136693071363'],
      most_recent: true,
      filter: [
        { name: 'name', values: ['debian-12-amd64-*'] },
        { name: 'virtualization-type', values: ['hvm'] },
      ],
    },
    'aws_autoscaling_group.fleet_group': {
      name,
      min_size: 2,
      max_size: 4,
      desired_capacity: 2,
      vpc_zone_identifier: subnets,
      target_group_arns: [targetGroupArn],
      health_check_type: 'ELB',
      health_check_grace_period: 300,
      launch_template: { id: ref(`${template}.id`), version: ref(`${template}.latest_version`) },
      instance_refresh: {
        strategy: 'Rolling',
        preferences: { min_healthy_percentage: 100, max_healthy_percentage: 150, skip_matching: true },
      },
      wait_for_capacity_timeout: '0',
      tag: Object.entries({ Name: name, ...tags }).map(([key, value]) => ({ key, value, propagate_at_launch: false })),
      lifecycle: { ignore_changes: ['desired_capacity'] },
      depends_on: [
        'aws_s3_object.release-store_release',
        'aws_iam_role_policy.identity_read-release',
        'aws_iam_role_policy_attachment.identity_session-manager',
        'aws_iam_role_policy_attachment.identity_cloudwatch',
        ...routes,
      ],
    },
    'aws_autoscaling_policy.fleet_cpu-target': {
      name: `${name}-cpu-target`,
      autoscaling_group_name: ref('aws_autoscaling_group.fleet_group.name'),
      policy_type: 'TargetTrackingScaling',
      target_tracking_configuration: {
        predefined_metric_specification: { predefined_metric_type: 'ASGAverageCPUUtilization' },
        target_value: 80,
      },
    },
  },
  'release store: private, encrypted, versioned and for TLS alone, with the release and its manifest': {
    'aws_s3_bucket.release-store_bucket': { bucket: bucketName, force_destroy: true },
    'aws_s3_bucket_public_access_block.release-store_public-access-block': {
      bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
    'aws_s3_bucket_server_side_encryption_configuration.release-store_encryption': {
      bucket,
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
    },
    'aws_s3_bucket_versioning.release-store_versioning': { bucket, versioning_configuration: { status: 'Enabled' } },
    'aws_s3_object.release-store_release': uploaded(release, 'application/gzip'),
    'aws_s3_object.release-store_manifest': uploaded(release.manifest, 'application/json'),
    'aws_s3_bucket_policy.release-store_tls-only': {
      bucket,
      policy: ref('data.aws_iam_policy_document.release-store_tls-only-document.json'),
      depends_on: ['aws_s3_bucket_public_access_block.release-store_public-access-block'],
    },
    'data.aws_iam_policy_document.release-store_tls-only-document': policy({
      effect: 'Deny',
      actions: ['s3:*'],
      resources: [bucketArn, `${bucketArn}/*`],
      principals: [{ type: '*', identifiers: ['*'] }],
      condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
    }),
  },
  'identity: reads its release, uses Session Manager, writes to CloudWatch': {
    'aws_iam_role.identity_role': { name, assume_role_policy: ref('data.aws_iam_policy_document.identity_trust.json') },
    'aws_iam_instance_profile.identity_profile': { name, role },
    'aws_iam_role_policy.identity_read-release': {
      name: 'read-release',
      role: ref('aws_iam_role.identity_role.id'),
      policy: ref('data.aws_iam_policy_document.identity_read-release-document.json'),
    },
    'data.aws_iam_policy_document.identity_trust': policy({
      actions: ['sts:AssumeRole'],
      principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }],
    }),
    'data.aws_iam_policy_document.identity_read-release-document': policy({
      actions: ['s3:GetObject'],
      resources: [ref('aws_s3_object.release-store_release.arn')],
    }),
    'aws_iam_role_policy_attachment.identity_session-manager': attached('AmazonSSMManagedInstanceCore'),
    'aws_iam_role_policy_attachment.identity_cloudwatch': attached('CloudWatchAgentServerPolicy'),
  },
};

for (const [title, expected] of Object.entries(parts)) {
  test(title, (t) => {
    t.deepEqual(Object.fromEntries(Object.keys(expected).map((address) => [address, stack[address]])), expected);
  });
}

test('the stack has no other resources', (t) => {
  t.deepEqual(Object.keys(stack).sort(), Object.values(parts).flatMap(Object.keys).sort());
});
