import test from 'ava';
import { production, ref, rehearsal, resource, resources, synthesized } from './synthesized.ts';

const stack = synthesized(production());
const rehearsed = synthesized(rehearsal());

const subnets = [ref('aws_subnet.network_subnet-0.id'), ref('aws_subnet.network_subnet-1.id')];
const routes = ['aws_route_table_association.network_routes-0', 'aws_route_table_association.network_routes-1'];

test('network: a public subnet in each of two zones', (t) => {
  t.deepEqual(resource(stack, 'aws_vpc'), {
    cidr_block: '10.20.0.0/16',
    enable_dns_support: true,
    enable_dns_hostnames: true,
  });
  const zones = 'data.aws_availability_zones.network_zones.names';
  const subnet = (index: number) => ({
    vpc_id: ref('aws_vpc.network_vpc.id'),
    availability_zone: ref(`element(${zones}, ${index})`),
    cidr_block: ref(`cidrsubnet("10.20.0.0/16", 2, ${index})`),
  });
  t.deepEqual(resources(stack, 'aws_subnet'), { 'network_subnet-0': subnet(0), 'network_subnet-1': subnet(1) });
  const association = (index: number) => ({
    subnet_id: ref(`aws_subnet.network_subnet-${index}.id`),
    route_table_id: ref('aws_route_table.network_routes.id'),
  });
  t.deepEqual(resources(stack, 'aws_route_table_association'), {
    'network_routes-0': association(0),
    'network_routes-1': association(1),
  });
  const [route] = resource(stack, 'aws_route_table').route as Record<string, unknown>[];
  t.like(route, {
    cidr_block: '0.0.0.0/0',
    gateway_id: ref('aws_internet_gateway.network_internet-gateway.id'),
  });
});

test('firewall: internet to balancer, balancer to machines, no SSH', (t) => {
  const [balancer, machines] = ['balancer', 'machines'].map((name) => ref(`aws_security_group.firewall_${name}.id`));
  const tcp = (port: number) => ({ ip_protocol: 'tcp', from_port: port, to_port: port });
  const internet = { cidr_ipv4: '0.0.0.0/0' };
  t.deepEqual(resources(stack, 'aws_vpc_security_group_ingress_rule'), {
    'firewall_balancer-in-80': { security_group_id: balancer, ...internet, ...tcp(80) },
    'firewall_balancer-in-443': { security_group_id: balancer, ...internet, ...tcp(443) },
    'firewall_machines-in': { security_group_id: machines, referenced_security_group_id: balancer, ...tcp(443) },
  });
  t.deepEqual(resources(stack, 'aws_vpc_security_group_egress_rule'), {
    'firewall_balancer-out': { security_group_id: balancer, referenced_security_group_id: machines, ...tcp(443) },
    'firewall_machines-out-80': { security_group_id: machines, ...internet, ...tcp(80) },
    'firewall_machines-out-443': { security_group_id: machines, ...internet, ...tcp(443) },
  });
  const vpc_id = ref('aws_vpc.network_vpc.id');
  t.deepEqual(resources(stack, 'aws_security_group'), {
    firewall_balancer: {
      name: 'intent-fleet-production-balancer',
      description: 'The load balancer: the world on 80 and 443',
      vpc_id,
    },
    firewall_machines: {
      name: 'intent-fleet-production-machines',
      description: 'The machines: the load balancer alone',
      vpc_id,
    },
  });
});

test('balancer: in both subnets, after their routes to the internet', (t) => {
  t.deepEqual(resource(stack, 'aws_lb'), {
    name: 'intent-fleet-production',
    load_balancer_type: 'application',
    subnets,
    security_groups: [ref('aws_security_group.firewall_balancer.id')],
    idle_timeout: 60,
    drop_invalid_header_fields: true,
    depends_on: routes,
  });
});

test('balancer: checks /health over HTTPS and balances by outstanding requests', (t) => {
  t.deepEqual(resource(stack, 'aws_lb_target_group'), {
    name: 'intent-fleet-production',
    vpc_id: ref('aws_vpc.network_vpc.id'),
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
  });
});

test('balancer: port 443 forwards, port 80 redirects to it', (t) => {
  const load_balancer_arn = ref('aws_lb.balancer_load-balancer.arn');
  t.like(resources(stack, 'aws_lb_listener'), {
    balancer_https: {
      load_balancer_arn,
      port: 443,
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      default_action: [{ type: 'forward', target_group_arn: ref('aws_lb_target_group.balancer_target-group.arn') }],
    },
    balancer_http: {
      load_balancer_arn,
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } }],
    },
  });
});

test('fleet: machines have IMDSv2, an encrypted disk and no key', (t) => {
  const { user_data: _, name: __, tag_specifications: ___, ...template } = resource(stack, 'aws_launch_template');
  t.deepEqual(template, {
    image_id: ref('data.aws_ami.fleet_image.id'),
    instance_type: 't3.small',
    iam_instance_profile: { arn: ref('aws_iam_instance_profile.identity_profile.arn') },
    network_interfaces: [
      {
        associate_public_ip_address: 'true',
        delete_on_termination: 'true',
        security_groups: [ref('aws_security_group.firewall_machines.id')],
      },
    ],
    metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
    block_device_mappings: [
      {
        device_name: ref('data.aws_ami.fleet_image.root_device_name'),
        ebs: { encrypted: 'true', volume_type: 'gp3', volume_size: 8, delete_on_termination: 'true' },
      },
    ],
    lifecycle: { create_before_destroy: true },
  });
});

test('fleet: machines boot the newest image', (t) => {
  t.deepEqual(resource(stack, 'aws_ami', 'data'), {
    owners: ['136693071363'],
    most_recent: true,
    filter: [
      { name: 'name', values: ['debian-12-amd64-*'] },
      { name: 'virtualization-type', values: ['hvm'] },
    ],
  });
});

test('fleet: machines and their disks have tags', (t) => {
  const tags = {
    Project: 'intent-fleet',
    Stage: 'production',
    ManagedBy: 'terraform',
    Name: 'intent-fleet-production',
  };
  t.deepEqual(resource(stack, 'aws_launch_template').tag_specifications, [
    { resource_type: 'instance', tags },
    { resource_type: 'volume', tags },
  ]);
});

test('fleet: a group over both subnets with rolling replacement', (t) => {
  const { tag: _, ...group } = resource(stack, 'aws_autoscaling_group');
  const template = 'aws_launch_template.fleet_launch-template';
  t.deepEqual(group, {
    name: 'intent-fleet-production',
    min_size: 2,
    max_size: 4,
    desired_capacity: 2,
    vpc_zone_identifier: subnets,
    target_group_arns: [ref('aws_lb_target_group.balancer_target-group.arn')],
    health_check_type: 'ELB',
    health_check_grace_period: 300,
    launch_template: { id: ref(`${template}.id`), version: ref(`${template}.latest_version`) },
    instance_refresh: {
      strategy: 'Rolling',
      preferences: { min_healthy_percentage: 100, max_healthy_percentage: 150, skip_matching: true },
    },
    wait_for_capacity_timeout: '0',
    lifecycle: { ignore_changes: ['desired_capacity'] },
    depends_on: [
      'aws_s3_object.release-store_release',
      'aws_iam_role_policy.identity_read-release',
      'aws_iam_role_policy_attachment.identity_session-manager',
      'aws_iam_role_policy_attachment.identity_cloudwatch',
      ...routes,
    ],
  });
});

test('fleet: scales to a CPU utilization', (t) => {
  const policy = {
    name: 'intent-fleet-production-cpu-target',
    autoscaling_group_name: ref('aws_autoscaling_group.fleet_group.name'),
    policy_type: 'TargetTrackingScaling',
    target_tracking_configuration: {
      predefined_metric_specification: { predefined_metric_type: 'ASGAverageCPUUtilization' },
      target_value: 80,
    },
  };
  t.deepEqual(resource(stack, 'aws_autoscaling_policy'), policy);
  t.deepEqual(resource(rehearsed, 'aws_autoscaling_policy').lifecycle, {
    ignore_changes: ['enabled', 'predictive_scaling_configuration'],
  });
});

const bucket = ref('aws_s3_bucket.release-store_bucket.id');

test('release store: private, encrypted and versioned', (t) => {
  t.deepEqual(resource(stack, 'aws_s3_bucket'), {
    bucket: 'intent-fleet-production-releases-210987654321',
    force_destroy: true,
  });
  t.deepEqual(resource(stack, 'aws_s3_bucket_public_access_block'), {
    bucket,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  t.deepEqual(resource(stack, 'aws_s3_bucket_server_side_encryption_configuration'), {
    bucket,
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
  });
  t.deepEqual(resource(stack, 'aws_s3_bucket_versioning'), {
    bucket,
    versioning_configuration: { status: 'Enabled' },
  });
});

test('release store: the release and its manifest are uploaded when the bucket is protected', (t) => {
  const common = {
    bucket,
    lifecycle: { create_before_destroy: true, ignore_changes: ['source'] },
    depends_on: [
      'aws_s3_bucket_public_access_block.release-store_public-access-block',
      'aws_s3_bucket_server_side_encryption_configuration.release-store_encryption',
      'aws_s3_bucket_versioning.release-store_versioning',
      'aws_s3_bucket_policy.release-store_tls-only',
    ],
  };
  t.deepEqual(resources(stack, 'aws_s3_object'), {
    'release-store_release': {
      ...common,
      key: 'releases/abababababababab.tar.gz',
      source: '/build/releases/abab.tar.gz',
      content_type: 'application/gzip',
    },
    'release-store_manifest': {
      ...common,
      key: 'releases/abababababababab.manifest.json',
      source: '/build/artifact/manifest.json',
      content_type: 'application/json',
    },
  });
});

test('release store: refuses requests without TLS, except in the rehearsal', (t) => {
  const arn = ref('aws_s3_bucket.release-store_bucket.arn');
  t.deepEqual(resources(stack, 'aws_iam_policy_document', 'data')['release-store_tls-only-document'], {
    statement: [
      {
        effect: 'Deny',
        actions: ['s3:*'],
        resources: [arn, `${arn}/*`],
        principals: [{ type: '*', identifiers: ['*'] }],
        condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
      },
    ],
  });
  t.deepEqual(resource(stack, 'aws_s3_bucket_policy'), {
    bucket,
    policy: ref('data.aws_iam_policy_document.release-store_tls-only-document.json'),
    depends_on: ['aws_s3_bucket_public_access_block.release-store_public-access-block'],
  });
  t.deepEqual(resources(rehearsed, 'aws_s3_bucket_policy'), {});
});

test('identity: reads its release, uses Session Manager, writes to CloudWatch', (t) => {
  const documents = resources(stack, 'aws_iam_policy_document', 'data');
  t.deepEqual(documents.identity_trust, {
    statement: [{ actions: ['sts:AssumeRole'], principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }] }],
  });
  t.deepEqual(documents['identity_read-release-document'], {
    statement: [{ actions: ['s3:GetObject'], resources: [ref('aws_s3_object.release-store_release.arn')] }],
  });
  t.deepEqual(resource(stack, 'aws_iam_role_policy'), {
    name: 'read-release',
    role: ref('aws_iam_role.identity_role.id'),
    policy: ref('data.aws_iam_policy_document.identity_read-release-document.json'),
  });
  t.deepEqual(
    Object.values(resources(stack, 'aws_iam_role_policy_attachment')).map(({ policy_arn }) => policy_arn),
    ['arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy', 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'],
  );
});
