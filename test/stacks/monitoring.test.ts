import test from 'ava';
import { monitoringTargetGroup } from '../../stacks/monitoring-names.ts';
import { monitoringVariables } from '../../stacks/variables.ts';
import { rehearsal, resources, synthesized } from './synthesized.ts';

/** The rules of a rehearsal whose dashboard these networks may see. */
function rules(allow: string[]) {
  const stack = synthesized(rehearsal((yaml) => yaml.replace('allow: [127.0.0.0/8]', `allow: [${allow.join(', ')}]`)));
  return Object.entries(resources(stack)).filter(([address]) => address.startsWith('aws_lb_listener_rule.monitoring_'));
}

const ruleFor = (priority: number, networks: string[]) => [
  `aws_lb_listener_rule.monitoring_rule-${priority}`,
  {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform fills these in
    action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.monitoring_target-group.arn}' }],
    listener_arn: '${aws_lb_listener.balancer_https.arn}',
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform fills these in
    condition: [{ path_pattern: { values: ['/monitoring', '/monitoring/*'] } }, { source_ip: { values: networks } }],
    priority,
  },
];

test('each rule admits as many networks as AWS allows in one', (t) => {
  const networks = [1, 2, 3, 4].map((number) => `203.0.113.${number}/32`);
  t.deepEqual(rules([]), []);
  t.deepEqual(rules(networks), [ruleFor(1, networks.slice(0, 3)), ruleFor(2, networks.slice(3))]);
});

test("a stage's target group has a name of its own, of at most 32 characters", (t) => {
  t.is(monitoringTargetGroup('intents-production'), 'intents-production-monitoring');
  const long = 'a-long-name-of-a-p-production';
  t.regex(monitoringTargetGroup(long), /^a-long-name--[0-9a-f]{8}-monitoring$/);
  t.not(monitoringTargetGroup(`${long}1`), monitoringTargetGroup(`${long}2`));
  t.is(monitoringTargetGroup(long).length, 32);
});

test('the machine is let out to the Alertmanager of the stage', (t) => {
  const withAlertmanager = (address: string) =>
    resources(synthesized(rehearsal((yaml) => yaml.replace(/# (alertmanager): .*/, `$1: ${address}`))));
  const rule = 'aws_vpc_security_group_egress_rule.firewall_alerts-out';
  t.like(withAlertmanager('alerts.example.com:9093')[rule], { from_port: 9093, to_port: 9093, cidr_ipv4: '0.0.0.0/0' });
  for (const port of [80, 443]) t.is(withAlertmanager(`alerts.example.com:${port}`)[rule], undefined);
});

test('the machine may write to a store of metrics in the region of that store', (t) => {
  const remoteWrite = '{ url: https://aps.example.com/api/v1/remote_write, region: eu-west-1 }';
  const stack = rehearsal((yaml) =>
    yaml.replace('retentionDays: 15', `retentionDays: 15\n  remoteWrite: ${remoteWrite}`),
  );
  t.like(resources(synthesized(stack))['data.aws_iam_policy_document.monitoring-identity_write-metrics-document'], {
    statement: [{ actions: ['aps:RemoteWrite'], resources: ['arn:aws:aps:eu-west-1:123456789012:workspace/*'] }],
  });
});

test('the machine knows what it watches, and keeps half of its disk for metrics', (t) => {
  const { stage, site } = rehearsal((yaml) =>
    yaml.replace(/(retentionDays: 15)/, '$1\n  alertmanager: alerts.example.com:9093'),
  );
  const endpoint = 'http://169.254.169.252';
  t.deepEqual(monitoringVariables('intent-fleet-rehearsal', stage.settings, site), {
    network: { cidr: '10.20.0.0/16' },
    logs: { groups: '/intent-fleet-rehearsal', region: 'eu-central-1', endpoint },
    cloud: { region: 'eu-central-1', endpoint },
    fleet: { name: 'intent-fleet-rehearsal', workers: [8081, 8082] },
    thresholds: { errorPercent: 5, p90Milliseconds: 500 },
    prometheus: {
      ...{ scrapeSeconds: 5, retentionDays: 15, retentionGigabytes: 4 },
      alertmanager: 'alerts.example.com:9093',
    },
  });
});

test('a stage without monitoring has nothing of it', (t) => {
  const { monitoring: _, ...props } = rehearsal();
  const left = Object.keys(resources(synthesized(props))).filter((address) => address.includes('monitoring'));
  t.deepEqual(left, []);
});
