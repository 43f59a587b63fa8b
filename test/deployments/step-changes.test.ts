import test from 'ava';
import {
  assertStepAlone,
  changesBetween,
  changesIn,
  isStepAlone,
  type StepChange,
} from '../../deployments/step-changes.ts';
import type { PlanDocument, ResourceChange } from '../../terraform/plan.ts';

/** These changes, such as `update aws_lb_listener default_action`. */
function changesOf(...changes: string[]): StepChange[] {
  return changes.map((change) => {
    const [kind, type = '', ...attributes] = change.split(' ');
    return { address: `${type}.it_4E8F0223`, type, kind: kind as StepChange['kind'], attributes };
  });
}

test('sizes or weights may change, and whether a forgotten deployment calls a person', (t) => {
  const steps = [
    [],
    ['update aws_lb_listener default_action', 'update aws_cloudwatch_metric_alarm actions_enabled'],
    ['update aws_autoscaling_group min_size max_size desired_capacity launch_template'],
    [
      'create aws_launch_template',
      'create aws_s3_object',
      'create aws_autoscaling_group',
      'create aws_autoscaling_policy',
    ],
    ['update aws_autoscaling_group', 'create aws_autoscaling_schedule', 'delete aws_autoscaling_schedule'],
    ['delete aws_launch_template', 'delete aws_s3_object'],
  ];
  for (const changes of steps) {
    t.notThrows(() => assertStepAlone(changesOf(...changes)), changes.join());
    t.true(isStepAlone(changesOf(...changes)), changes.join());
  }
});

test('rules that keep the holders of API keys at a track come and go with the weights, and no others', (t) => {
  const rule = (name: string): StepChange => ({
    ...{
      address: `aws_lb_listener_rule.${name}_4E8F0223`,
      type: 'aws_lb_listener_rule',
      kind: 'create',
      attributes: [],
    },
  });
  t.true(isStepAlone([rule('balancer_keys-rule-0'), ...changesOf('update aws_lb_listener default_action')]));
  t.false(isStepAlone([rule('balancer_blue-rule')]));
  const parameter = { ...rule(''), type: 'aws_ssm_parameter', address: 'aws_ssm_parameter.shadow_parameter_C443FBBC' };
  t.true(isStepAlone([parameter]));
  t.false(isStepAlone([{ ...parameter, address: 'aws_ssm_parameter.other_C443FBBC' }]));
});

test('whatever else a step would change is refused by name', (t) => {
  const changes = changesOf(
    'update aws_autoscaling_group min_size health_check_grace_period termination_policies',
    'update aws_lb_listener default_action',
    'update aws_lb idle_timeout',
    'replace aws_autoscaling_group',
    'create aws_vpc',
  );
  t.throws(() => assertStepAlone(changes), {
    name: 'UserError',
    message: [
      'This step of the deployment would change more than sizes or weights:',
      '  aws_autoscaling_group.it: health_check_grace_period, termination_policies',
      '  aws_lb.it: idle_timeout',
      '  aws_autoscaling_group.it',
      '  aws_vpc.it',
      'Put the settings back to what is deployed, then type the command again.',
    ].join('\n'),
  });
  for (const change of ['update aws_launch_template', 'delete aws_lb_listener', 'replace aws_lb_listener'])
    t.throws(() => assertStepAlone(changesOf(change)), { name: 'UserError' }, change);
  t.false(isStepAlone(changes));
});

test('a step that changes sizes and weights at once is a defect', (t) => {
  const changes = changesOf('update aws_lb_listener', 'create aws_autoscaling_group');
  t.throws(() => assertStepAlone(changes), { name: 'Error', message: 'A step changes sizes and weights at once' });
  t.false(isStepAlone(changes));
});

test('what another synthesis changes is known without a plan', (t) => {
  const group = { min_size: 2, max_size: 4, lifecycle: { ignore_changes: ['desired_capacity'] } };
  const applied = {
    resource: { aws_autoscaling_group: { blue_group: group, old: {} }, aws_vpc: { it: { depends_on: [] } } },
  };
  const next = {
    resource: {
      aws_autoscaling_group: { blue_group: { ...group, min_size: 0, tag: [], lifecycle: {} } },
      aws_vpc: { it: { depends_on: ['aws_iam_role.it'] } },
      aws_launch_template: { it: {} },
    },
  };
  const change = (address: string, kind: string, ...attributes: string[]) => {
    const [type = ''] = address.split('.');
    return { address, type, kind, attributes };
  };
  t.deepEqual(changesBetween(applied, next), [
    change('aws_autoscaling_group.blue_group', 'update', 'min_size', 'tag'),
    change('aws_autoscaling_group.old', 'delete'),
    change('aws_launch_template.it', 'create'),
  ]);
  t.deepEqual(changesBetween(applied, structuredClone(applied)), []);
  t.deepEqual(changesBetween({}, {}), []);
});

test('what a plan changes is told with the attributes of its updates', (t) => {
  const group = { name: 'fleet-blue', min_size: 2, arn: 'arn:a' };
  const plan: PlanDocument = {
    resource_changes: [
      planned('aws_autoscaling_group', ['update'], group, { ...group, min_size: 0 }),
      planned('aws_lb_listener', ['no-op'], {}, {}),
      planned('aws_launch_template', ['create'], null, { name: 'fleet-r-1' }),
      planned('aws_vpc', ['create', 'delete'], { cidr_block: '10.0.0.0/16' }, { cidr_block: '10.1.0.0/16' }),
    ],
  };
  const it = (type: string, kind: string, ...attributes: string[]) => ({
    address: `${type}.it`,
    type,
    kind,
    attributes,
  });
  t.deepEqual(changesIn(plan), [
    it('aws_autoscaling_group', 'update', 'min_size'),
    it('aws_launch_template', 'create'),
    it('aws_vpc', 'replace'),
  ]);
  t.deepEqual(changesIn({}), []);
});

function planned(
  type: string,
  actions: ResourceChange['change']['actions'],
  before: Record<string, unknown> | null,
  after: Record<string, unknown>,
): ResourceChange {
  return {
    address: `${type}.it`,
    type,
    mode: 'managed',
    change: { actions, before, after, after_unknown: { arn: true } },
  };
}
