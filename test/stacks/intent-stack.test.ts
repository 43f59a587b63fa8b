import test from 'ava';
import { revisionName } from '../../deployments/revision.ts';
import type { IntentStackProps } from '../../stacks/intent-stack.ts';
import { literal } from '../../stacks/literal.ts';
import { userDataOf } from '../../stacks/user-data.ts';
import { machineVariables, monitoringVariables } from '../../stacks/variables.ts';
import {
  arn,
  image,
  monitoring as monitoringRelease,
  production,
  productionForDomain,
  ref,
  rehearsal,
  resources,
  revisionIn,
  type Synthesized,
  steadyOn,
  synthesized,
  withoutDigits,
} from './synthesized.ts';

const rehearsed = synthesized(rehearsal());
const produced = synthesized(production());
const forDomain = synthesized(productionForDomain());
const stacks = { rehearsal: rehearsed, production: produced, 'production for a domain': forDomain };

/** Returns the launch template of the only revision of a stack. */
function launchTemplate(stack: Synthesized) {
  return Object.entries(resources(stack)).find(([address]) => address.startsWith('aws_launch_template.r-'))?.[1];
}

/** Returns the resources of a stack that another one lacks, by address; those of revisions have no name of their own. */
function difference(stack: Synthesized, other: Synthesized) {
  const addressIn = (address: string) => address.replace(/(?<=\.)r-[0-9a-f]{12}(?=_)/, 'revision');
  const others = new Set(Object.keys(resources(other)).map(addressIn));
  return Object.fromEntries(Object.entries(resources(stack)).filter(([address]) => !others.has(addressIn(address))));
}

test('the bucket of the rehearsal has no policy, and whoever sits at this machine sees the dashboard', (t) => {
  t.deepEqual(
    Object.keys(difference(rehearsed, produced)).filter((address) => !address.includes('shadow')),
    ['aws_lb_listener_rule.monitoring_rule-1'],
  );
  t.deepEqual(Object.keys(difference(produced, rehearsed)), [
    'aws_s3_bucket_policy.release-store_tls-only',
    'data.aws_iam_policy_document.release-store_tls-only-document',
  ]);
});

test('machines may read which release is their shadow where the stage says so, and nowhere else', (t) => {
  const without = synthesized(
    rehearsal((yaml) => yaml.replace('shadow:\n    enabled: true', 'shadow:\n    enabled: false')),
  );
  const added = difference(rehearsed, without);
  const document = 'data.aws_iam_policy_document.identity_read-shadow-document';
  t.deepEqual(Object.keys(added).sort(), ['aws_iam_role_policy.identity_read-shadow', document]);
  t.deepEqual(added[document], {
    statement: [
      {
        actions: ['ssm:GetParameter'],
        resources: ['arn:aws:ssm:eu-central-1:123456789012:parameter/intent-fleet-rehearsal/shadow'],
      },
    ],
  });
});

test("the machines' roles have the boundary that the stage names", (t) => {
  const boundary = 'arn:aws:iam::123456789012:policy/machines';
  const bounded = synthesized(rehearsal((yaml) => `${yaml}\npermissionsBoundary: ${boundary}\n`));
  const roles = ['aws_iam_role.identity_role', 'aws_iam_role.monitoring-identity_role'];
  t.deepEqual(resources(bounded), {
    ...resources(rehearsed),
    ...Object.fromEntries(
      roles.map((role) => [role, { ...resources(rehearsed)[role], permissions_boundary: boundary }]),
    ),
  });
});

test('the balancer logs to the bucket that the stage names', (t) => {
  const props = production();
  const { settings } = props.stage;
  const balancer = { ...settings.balancer, accessLogs: { bucket: 'our-logs' } };
  const logging = synthesized({ ...props, stage: { ...props.stage, settings: { ...settings, balancer } } });
  const address = 'aws_lb.balancer_load-balancer';
  const access_logs = { bucket: 'our-logs', enabled: true, prefix: 'intent-fleet-production' };
  t.deepEqual(resources(logging), {
    ...resources(produced),
    [address]: { ...resources(produced)[address], access_logs },
  });
});

test('a domain has a certificate, a record that validates it and one for the balancer', (t) => {
  const certificate = 'aws_acm_certificate.certificate';
  const proof = (name: string) => ref(`tolist(${certificate}.domain_validation_options).0.${name}`);
  const zone_id = 'Z0123456789';
  t.deepEqual(difference(produced, forDomain), {});
  t.deepEqual(difference(forDomain, produced), {
    [certificate]: {
      domain_name: 'intents.example.com',
      validation_method: 'DNS',
      lifecycle: { create_before_destroy: true },
    },
    'aws_acm_certificate_validation.certificate_issued': {
      certificate_arn: ref(`${certificate}.arn`),
      validation_record_fqdns: [ref('aws_route53_record.certificate_proof.fqdn')],
    },
    'aws_route53_record.certificate_proof': {
      zone_id,
      name: proof('resource_record_name'),
      type: proof('resource_record_type'),
      records: [proof('resource_record_value')],
      ttl: 60,
      allow_overwrite: true,
    },
    'aws_route53_record.address': {
      zone_id,
      name: 'intents.example.com',
      type: 'A',
      alias: {
        name: ref('aws_lb.balancer_load-balancer.dns_name'),
        zone_id: ref('aws_lb.balancer_load-balancer.zone_id'),
        evaluate_target_health: true,
      },
    },
  });
});

for (const [name, stack] of Object.entries(stacks)) {
  test(`${name}: the stack holds no key and no secret`, (t) => {
    t.notRegex(JSON.stringify(stack), /PRIVATE KEY|secret_?(?:access_?)?key|AKIA|ASIA|password|key_name/i);
  });
}

/** The outputs of a stack whose machines are reached by a host name. */
function outputsOf({ stage, site, deployment }: IntentStackProps, host: string, monitoring_target_group: string) {
  const name = `intent-fleet-${stage.name}`;
  const revision = revisionName(revisionIn({ stage, site }));
  return {
    url: `https://${ref(host)}`,
    load_balancer: ref('aws_lb.balancer_load-balancer.arn'),
    tracks: {
      blue: { group: name, target_group: ref('aws_lb_target_group.balancer_blue.arn') },
      green: { group: `${name}-green`, target_group: ref('aws_lb_target_group.balancer_green.arn') },
    },
    launch_templates: { [revision]: ref(`aws_launch_template.${revision}_launch-template.id`) },
    ...{ account: site.accountId, region: 'eu-central-1', stack: name, log_groups: `/${name}` },
    monitoring_target_group,
    monitoring_machine: {
      ...{ archive: monitoringRelease.sha256, image: image.id, root_device: image.rootDevice },
      user_data: userDataOf(
        monitoringRelease,
        monitoringVariables(name, stage.settings, site),
        name,
        'eu-central-1',
        site,
      ),
    },
    deployment: literal(deployment, [
      `aws_launch_template.${revision}_launch-template`,
      ...['aws_autoscaling_group.blue_group', 'aws_lb_listener.balancer_https'],
    ]),
  };
}

const balancer = 'aws_lb.balancer_load-balancer.dns_name';

for (const [name, props, host, monitoring] of [
  ['rehearsal', rehearsal(), balancer, 'intent-fleet-4bebd78a-monitoring'],
  ['production', production(), balancer, 'intent-fleet-871b6cc2-monitoring'],
  [
    'production for a domain',
    productionForDomain(),
    'aws_route53_record.address.fqdn',
    'intent-fleet-871b6cc2-monitoring',
  ],
] as const)
  test(`${name}: the outputs, the deployment known when what it describes exists`, (t) => {
    const { output } = JSON.parse(withoutDigits(JSON.stringify(stacks[name]))) as Synthesized;
    const values = Object.fromEntries(Object.entries(output).map(([key, { value }]) => [key, value]));
    t.deepEqual(values, outputsOf(props, host, monitoring));
  });

test('the rehearsal keeps its state in a file, production in an encrypted bucket with a lock file', (t) => {
  const key = 'intent-fleet-production.tfstate';
  t.deepEqual(rehearsed.terraform.backend, { local: { path: '/state/stage.tfstate' } });
  t.deepEqual(produced.terraform.backend, {
    s3: { bucket: 'our-state', region: 'eu-central-1', key, encrypt: true, use_lockfile: true },
  });
});

test('Terraform itself refuses to be too old', (t) => {
  t.is(produced.terraform.required_version, '>= 1.10');
});

test('the provider refuses other accounts than the one that the stage names', (t) => {
  const props = production();
  const settings = { ...props.stage.settings, account: '210987654321' };
  const { provider } = synthesized({ ...props, stage: { ...props.stage, settings } });
  t.deepEqual(provider.aws, [{ region: 'eu-central-1', allowed_account_ids: ['210987654321'] }]);
});

test('the provider of the rehearsal tries three times', (t) => {
  t.deepEqual(rehearsed.provider.aws, [{ region: 'eu-central-1', max_retries: 3 }]);
  t.deepEqual(produced.provider.aws, [{ region: 'eu-central-1' }]);
});

test('a rule whose peer is a security group has a description on AWS, which the emulator would forget', (t) => {
  const [ingress, egress] = ['ingress', 'egress'].map((way) => `aws_vpc_security_group_${way}_rule.firewall`);
  const descriptions = (stack: typeof produced) =>
    [`${ingress}_machines-in`, `${egress}_balancer-out`, `${egress}_machines-out-80`].map(
      (address) => resources(stack)[address]?.description,
    );
  t.deepEqual(descriptions(produced), ['The load balancer', 'The machines', 'Packages and AWS']);
  t.deepEqual(descriptions(rehearsed), [undefined, undefined, 'Packages and AWS']);
});

test("the emulator's own changes of the CPU target are ignored", (t) => {
  t.deepEqual(resources(rehearsed)['aws_autoscaling_policy.blue_cpu-target']?.lifecycle, {
    ignore_changes: ['enabled', 'predictive_scaling_configuration'],
  });
});

test('a stage with a target of requests and with schedules', (t) => {
  const schedule = "{name: evening, cron: '0 20 * * *', timeZone: Europe/Berlin, min: 3}";
  const stack = resources(
    synthesized(
      rehearsal((yaml) => yaml.replace('schedules: []', `requestsPerMachine: 1000\n  schedules: [${schedule}]`)),
    ),
  );
  const group = ref('aws_autoscaling_group.blue_group.name');
  const suffixes = ['aws_lb.balancer_load-balancer', 'aws_lb_target_group.balancer_blue'].map((address) =>
    ref(`${address}.arn_suffix`),
  );
  t.like(stack['aws_autoscaling_policy.blue_request-target'], {
    name: 'intent-fleet-rehearsal-request-target',
    autoscaling_group_name: group,
    policy_type: 'TargetTrackingScaling',
    target_tracking_configuration: {
      predefined_metric_specification: {
        predefined_metric_type: 'ALBRequestCountPerTarget',
        resource_label: suffixes.join('/'),
      },
      target_value: 1000,
    },
  });
  t.deepEqual(stack['aws_autoscaling_schedule.blue_schedule-evening'], {
    scheduled_action_name: 'evening',
    autoscaling_group_name: group,
    recurrence: '0 20 * * *',
    time_zone: 'Europe/Berlin',
    min_size: 3,
    max_size: -1,
    desired_capacity: -1,
  });
});

test('a stage with a target of memory: its machines publish what they use, and may do that alone', (t) => {
  const props = rehearsal((yaml) => yaml.replace('schedules: []', 'memoryTargetPercent: 75'));
  const stack = resources(synthesized(props));
  const name = 'intent-fleet-rehearsal';
  t.like(stack['aws_autoscaling_policy.blue_memory-target'], {
    autoscaling_group_name: ref('aws_autoscaling_group.blue_group.name'),
    name: `${name}-memory-target`,
    target_tracking_configuration: {
      customized_metric_specification: {
        namespace: 'IntentFleet',
        metric_name: 'MemoryUtilization',
        metric_dimension: [{ name: 'AutoScalingGroupName', value: name }],
        statistic: 'Average',
      },
      target_value: 75,
    },
  });
  t.deepEqual(stack['data.aws_iam_policy_document.identity_publish-memory-document'], {
    statement: [
      {
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        condition: [{ test: 'StringEquals', variable: 'cloudwatch:namespace', values: ['IntentFleet'] }],
      },
    ],
  });
  t.deepEqual(stack['aws_iam_role_policy.identity_publish-memory'], {
    name: 'publish-memory',
    role: ref('aws_iam_role.identity_role.id'),
    policy: ref('data.aws_iam_policy_document.identity_publish-memory-document.json'),
  });
  const { widgets } = JSON.parse(String(stack['aws_cloudwatch_dashboard.dashboard']?.dashboard_body));
  t.like(widgets.at(-1).properties, {
    metrics: [
      ['AWS/EC2', 'CPUUtilization', 'AutoScalingGroupName', name, { stat: 'Average', label: 'blue processors' }],
      [
        ...['AWS/EC2', 'CPUUtilization', 'AutoScalingGroupName', `${name}-green`],
        { stat: 'Average', label: 'green processors' },
      ],
      ['IntentFleet', 'MemoryUtilization', 'AutoScalingGroupName', name, { stat: 'Average', label: 'memory' }],
    ],
    annotations: { horizontal: [{ value: 80 }, { label: 'target of memory', value: 75 }] },
  });
  t.deepEqual(machineVariables('fleet', props.stage.settings, props.site).memory, {
    endpoint: 'http://169.254.169.252',
  });
});

test('each address is subscribed to the topic of the alarms', (t) => {
  const stack = resources(synthesized(rehearsal((yaml) => yaml.replace('emails: []', 'emails: [ops@example.com]'))));
  const [subscription] = Object.entries(stack).filter(([address]) => address.startsWith('aws_sns_topic_subscription.'));
  t.deepEqual(subscription?.[1], {
    topic_arn: ref('aws_sns_topic.alarms_topic.arn'),
    protocol: 'email',
    endpoint: 'ops@example.com',
  });
});

test('the certificate is imported, named, or issued for the domain', (t) => {
  t.deepEqual(
    Object.values(stacks).map((stack) => resources(stack)['aws_lb_listener.balancer_https']?.certificate_arn),
    [`${arn}-rehearsal`, arn, ref('aws_acm_certificate_validation.certificate_issued.certificate_arn')],
  );
});

test('refuses a certificate of the rehearsal elsewhere', (t) => {
  const { site, ...props } = rehearsal();
  t.throws(() => synthesized({ ...props, site: { accountId: site.accountId } }), {
    message: "balancer.certificate.from: expected 'arn' or 'domain' outside the rehearsal, got 'rehearsal'",
  });
});

test('machines of the rehearsal download the release from its store', (t) => {
  t.regex(
    Buffer.from(String(launchTemplate(rehearsed)?.user_data), 'base64').toString(),
    /http:\/\/169\.254\.169\.252\/intent-fleet-rehearsal-releases-123456789012\/releases\/abababababababab\.tar\.gz/,
  );
});

test('the variables of a machine are from the settings of its stage', (t) => {
  const { stage, site } = rehearsal((yaml) =>
    yaml.replace('minReadySeconds: 30', 'minReadySeconds: 7').replace('requestPercent: 100', 'requestPercent: 5'),
  );
  t.deepEqual(machineVariables('fleet', stage.settings, site), {
    service: {
      workers: 2,
      scheme: 'https',
      rateLimit: { requests: 6000, windowSeconds: 60 },
      logLevel: 'info',
      samples: true,
    },
    nginx: { rateLimit: { requestsPerSecond: 100, burst: 200 }, clientMaxBodyKilobytes: 64, loggedPercent: 5 },
    network: { cidr: '10.20.0.0/16' },
    fleet: { name: 'fleet', minReadySeconds: 7 },
    logs: { groups: '/fleet', region: 'eu-central-1', endpoint: 'http://169.254.169.252' },
    shadow: {
      parameter: '/fleet/shadow',
      region: 'eu-central-1',
      endpoint: 'http://169.254.169.252',
      releases: 'http://169.254.169.252/fleet-releases-123456789012/releases',
      cpuPercent: 25,
      memoryMegabytes: 512,
      copyPercent: 100,
    },
  });
});

test('each change of a machine gives it a launch template of its own', (t) => {
  const nameWith = (from: string, to: string) =>
    launchTemplate(synthesized(rehearsal((yaml) => yaml.replace(from, to))))?.name;
  const props = rehearsal();
  const other = revisionIn(props, { image: { ...image, id: 'ami-1' } });
  const names = [
    launchTemplate(rehearsed)?.name,
    nameWith('workers: 2', 'workers: 3'),
    nameWith('t3.small', 't3.large'),
    nameWith('diskGigabytes: 8', 'diskGigabytes: 9'),
    launchTemplate(synthesized({ ...props, deployment: steadyOn(props, other) }))?.name,
  ];
  for (const name of names) t.regex(String(name), /^intent-fleet-rehearsal-r-[0-9a-f]{12}$/);
  t.is(new Set(names).size, names.length);
  t.is(nameWith('max: 4', 'max: 5'), names[0]);
  t.is(nameWith('cpuTargetPercent: 80', 'cpuTargetPercent: 60'), names[0]);
  t.is(nameWith('tags: {}', 'tags: {Team: support}'), names[0]);
});
