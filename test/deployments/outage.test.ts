import test from 'ava';
import { assertNoOutage } from '../../deployments/outage.ts';
import type { ResourceChange } from '../../terraform/plan.ts';

const changeOf = (type: string, ...actions: ResourceChange['change']['actions']): ResourceChange => ({
  address: `${type}.part_it_4E8F0223`,
  type,
  mode: 'managed',
  change: { actions, before: {}, after: {}, after_unknown: {} },
});

/** The plan of a stage that serves. */
const livePlan = (...changes: ResourceChange[]) => ({
  resource_changes: [...changes, changeOf('aws_autoscaling_group', 'no-op')],
});

const vital = [
  'aws_vpc',
  'aws_subnet',
  'aws_internet_gateway',
  'aws_lb',
  'aws_lb_target_group',
  'aws_autoscaling_group',
] as const;

test('a plan that replaces or deletes what serves is refused, with the settings and the way out', (t) => {
  const changes = [
    changeOf('aws_vpc', 'delete', 'create'),
    changeOf('aws_lb', 'create', 'delete'),
    changeOf('aws_iam_role', 'delete'),
  ];
  t.throws(() => assertNoOutage(livePlan(...changes)), {
    name: 'UserError',
    message: [
      'This plan would take the stage out of service, because it replaces:',
      '  aws_vpc.part_it (network.cidr)',
      '  aws_lb.part_it (name)',
      'Put the old value back. To build the stage anew: make destroy, then make apply',
    ].join('\n'),
  });
  for (const type of vital) {
    t.throws(() => assertNoOutage(livePlan(changeOf(type, 'delete'))), undefined, type);
    t.throws(() => assertNoOutage(livePlan(changeOf(type, 'create', 'delete'))), undefined, type);
  }
});

test('the groups and target groups of both tracks count, also of the one that is idle', (t) => {
  const of = (type: string, name: string) => ({
    ...changeOf(type, 'create', 'delete'),
    address: `${type}.${name}_4E8F0223`,
  });
  const changes = [
    ...[of('aws_lb_target_group', 'balancer_blue'), of('aws_lb_target_group', 'balancer_green')],
    ...[of('aws_autoscaling_group', 'blue_group'), of('aws_autoscaling_group', 'green_group')],
  ];
  t.throws(() => assertNoOutage(livePlan(...changes)), {
    message: [
      'This plan would take the stage out of service, because it replaces:',
      '  aws_lb_target_group.balancer_blue (name)',
      '  aws_lb_target_group.balancer_green (name)',
      '  aws_autoscaling_group.blue_group (name)',
      '  aws_autoscaling_group.green_group (name)',
      'Put the old value back. To build the stage anew: make destroy, then make apply',
    ].join('\n'),
  });
});

test('other plans are accepted', (t) => {
  t.notThrows(() => assertNoOutage(livePlan()));
  for (const type of vital) {
    t.notThrows(() => assertNoOutage(livePlan(changeOf(type, 'create'), changeOf(type, 'update'))));
  }
  t.notThrows(() => assertNoOutage(livePlan(changeOf('aws_launch_template', 'create', 'delete'))));
});

test('the monitoring machine may go, and does not serve', (t) => {
  const ofMonitoring = (type: string) => ({
    ...changeOf(type, 'delete'),
    address: `${type}.monitoring_group_4E8F0223`,
  });
  t.notThrows(() =>
    assertNoOutage(livePlan(ofMonitoring('aws_autoscaling_group'), ofMonitoring('aws_lb_target_group'))),
  );
  const vpc = changeOf('aws_vpc', 'delete', 'create');
  t.notThrows(() => assertNoOutage({ resource_changes: [vpc, ofMonitoring('aws_autoscaling_group')] }));
});

test('before the machines exist, what Terraform was interrupted in may be replaced', (t) => {
  const vpc = changeOf('aws_vpc', 'delete', 'create');
  const group = changeOf('aws_autoscaling_group', 'create');
  group.change.before = null;
  t.notThrows(() => assertNoOutage({ resource_changes: [vpc, group] }));
  t.notThrows(() => assertNoOutage({ resource_changes: [vpc] }));
  t.notThrows(() => assertNoOutage({}));
});
