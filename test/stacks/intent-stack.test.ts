import test from 'ava';
import { renderUserData } from '../../bootstrap/user-data.ts';
import { machineVariables } from '../../stacks/variables.ts';
import {
  arn,
  production,
  productionForDomain,
  ref,
  rehearsal,
  release,
  resource,
  resources,
  synthesized,
} from './synthesized.ts';

const rehearsed = synthesized(rehearsal());
const produced = synthesized(production());
const forDomain = synthesized(productionForDomain());
const stacks = { rehearsal: rehearsed, production: produced, 'production for a domain': forDomain };

const commonTypes = {
  aws_autoscaling_group: 1,
  aws_autoscaling_policy: 1,
  aws_iam_instance_profile: 1,
  aws_iam_role: 1,
  aws_iam_role_policy: 1,
  aws_iam_role_policy_attachment: 2,
  aws_internet_gateway: 1,
  aws_launch_template: 1,
  aws_lb: 1,
  aws_lb_listener: 2,
  aws_lb_target_group: 1,
  aws_route_table: 1,
  aws_route_table_association: 2,
  aws_s3_bucket: 1,
  aws_s3_bucket_public_access_block: 1,
  aws_s3_bucket_server_side_encryption_configuration: 1,
  aws_s3_bucket_versioning: 1,
  aws_s3_object: 2,
  aws_security_group: 2,
  aws_subnet: 2,
  aws_vpc: 1,
  aws_vpc_security_group_egress_rule: 3,
  aws_vpc_security_group_ingress_rule: 3,
};
const domainTypes = { aws_acm_certificate: 1, aws_acm_certificate_validation: 1, aws_route53_record: 2 };

test('the number of resources of each type', (t) => {
  const counts = ({ resource }: typeof produced) =>
    Object.fromEntries(Object.entries(resource).map(([type, found]) => [type, Object.keys(found).length]));
  t.deepEqual(counts(rehearsed), commonTypes);
  t.deepEqual(counts(produced), { ...commonTypes, aws_s3_bucket_policy: 1 });
  t.deepEqual(counts(forDomain), { ...commonTypes, aws_s3_bucket_policy: 1, ...domainTypes });
});

for (const [name, stack] of Object.entries(stacks)) {
  test(`${name}: the stack holds no key and no secret`, (t) => {
    t.notRegex(JSON.stringify(stack), /PRIVATE KEY|secret_?(?:access_?)?key|AKIA|ASIA|password|key_name/i);
  });

  test(`${name}: the outputs`, (t) => {
    const { url, ...others } = Object.fromEntries(
      Object.entries(stack.output).map(([key, { value }]) => [key, value.replace(/_[0-9A-F]{8}\b/g, '')]),
    );
    t.deepEqual(others, {
      load_balancer: ref('aws_lb.balancer_load-balancer.arn'),
      target_group: ref('aws_lb_target_group.balancer_target-group.arn'),
      auto_scaling_group: ref('aws_autoscaling_group.fleet_group.name'),
      launch_template: ref('aws_launch_template.fleet_launch-template.name'),
      release: release.sha256,
    });
    t.is(
      url,
      name === 'production for a domain'
        ? `https://${ref('aws_route53_record.address.fqdn')}`
        : `https://${ref('aws_lb.balancer_load-balancer.dns_name')}`,
    );
  });
}

test('the rehearsal keeps its state in a file, and its provider retries once', (t) => {
  t.deepEqual(rehearsed.terraform.backend, { local: { path: '/state/stage.tfstate' } });
  t.deepEqual(rehearsed.provider.aws, [{ region: 'eu-central-1', max_retries: 1 }]);
});

test('production keeps its state in a bucket, encrypted, with a lock file', (t) => {
  t.deepEqual(produced.terraform.backend, {
    s3: {
      bucket: 'our-state',
      region: 'eu-central-1',
      key: 'intent-fleet-production.tfstate',
      encrypt: true,
      use_lockfile: true,
    },
  });
  t.deepEqual(produced.provider.aws, [{ region: 'eu-central-1' }]);
});

test('the certificate is imported, named, or issued for the domain', (t) => {
  const certificateOf = (stack: typeof produced) => resources(stack, 'aws_lb_listener').balancer_https?.certificate_arn;
  t.is(certificateOf(rehearsed), `${arn}-rehearsal`);
  t.is(certificateOf(produced), arn);
  t.is(certificateOf(forDomain), ref('aws_acm_certificate_validation.certificate_issued.certificate_arn'));
});

test('refuses a certificate of the rehearsal elsewhere', (t) => {
  const { site, ...props } = rehearsal();
  t.throws(() => synthesized({ ...props, site: { accountId: site.accountId } }), {
    message: "balancer.certificate.from: expected 'arn' or 'domain' outside the rehearsal, got 'rehearsal'",
  });
});

test('a domain has a record that validates its certificate and one for the balancer', (t) => {
  t.deepEqual(resource(forDomain, 'aws_acm_certificate'), {
    domain_name: 'intents.example.com',
    validation_method: 'DNS',
    lifecycle: { create_before_destroy: true },
  });
  const proof = (name: string) => ref(`tolist(aws_acm_certificate.certificate.domain_validation_options).0.${name}`);
  t.deepEqual(resources(forDomain, 'aws_route53_record'), {
    certificate_proof: {
      zone_id: 'Z0123456789',
      name: proof('resource_record_name'),
      type: proof('resource_record_type'),
      records: [proof('resource_record_value')],
      ttl: 60,
      allow_overwrite: true,
    },
    address: {
      zone_id: 'Z0123456789',
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

function userDataOf(stack: typeof produced): string {
  return Buffer.from(String(resource(stack, 'aws_launch_template').user_data), 'base64').toString();
}

test("machines boot with the bootstrap's user data", (t) => {
  const { settings } = production().stage;
  const url = 'https://intent-fleet-production-releases-210987654321.s3.eu-central-1.amazonaws.com';
  t.is(
    userDataOf(produced),
    renderUserData({
      release: { url: `${url}/${release.key}`, sha256: release.sha256, region: 'eu-central-1' },
      variables: machineVariables('intent-fleet-production', settings),
    }),
  );
  t.regex(
    userDataOf(rehearsed),
    /http:\/\/169\.254\.169\.252\/intent-fleet-rehearsal-releases-123456789012\/releases\/abababababababab\.tar\.gz/,
  );
});

test('the variables of a machine are from the settings of its stage', (t) => {
  t.deepEqual(machineVariables('fleet', rehearsal().stage.settings), {
    service: {
      workers: 2,
      scheme: 'https',
      rateLimit: { requests: 6000, windowSeconds: 60 },
      logLevel: 'info',
    },
    nginx: { rateLimit: { requestsPerSecond: 100, burst: 200 }, clientMaxBodyKilobytes: 64 },
    network: { cidr: '10.20.0.0/16' },
    fleet: { name: 'fleet' },
  });
});

test('each change of a machine gives it a launch template of its own', (t) => {
  const nameWith = (from: string, to: string) =>
    resource(synthesized(rehearsal((yaml) => yaml.replace(from, to))), 'aws_launch_template').name;
  const names = [
    nameWith('', ''),
    nameWith('workers: 2', 'workers: 3'),
    nameWith('t3.small', 't3.large'),
    nameWith('diskGigabytes: 8', 'diskGigabytes: 9'),
    nameWith('debian-12-amd64-*', 'debian-12-amd64-2026*'),
    nameWith('tags: {}', 'tags: {Team: support}'),
  ];
  for (const name of names) t.regex(String(name), /^intent-fleet-rehearsal-[0-9a-f]{8}$/);
  t.is(new Set(names).size, names.length);
  t.is(nameWith('max: 4', 'max: 5'), names[0]);
  t.is(nameWith('cpuTargetPercent: 80', 'cpuTargetPercent: 60'), names[0]);
});
