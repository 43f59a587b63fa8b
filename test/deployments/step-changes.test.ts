import test from 'ava';
import { assertStepAlone, changesBetween, isStepAlone } from '../../deployments/step-changes.ts';

/** These changes, such as `update aws_lb_listener`. */
function changesOf(...changes: string[]) {
  return changes.map((change) => {
    const [action = '', type = ''] = change.split(' ');
    return { address: `${type}.it_4E8F0223`, type, action };
  });
}

test('sizes or weights may change, and whether a forgotten deployment calls a person', (t) => {
  const steps = [
    [],
    ['update aws_lb_listener', 'update aws_cloudwatch_metric_alarm'],
    ['update aws_autoscaling_group'],
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

test('whatever else a step would change is refused by name', (t) => {
  const changes = changesOf(
    'update aws_autoscaling_group',
    'update aws_lb',
    'replace aws_autoscaling_group',
    'create aws_vpc',
  );
  t.throws(() => assertStepAlone(changes), {
    name: 'UserError',
    message: [
      'This step of the deployment would change more than sizes or weights:',
      '  aws_lb.it',
      '  aws_autoscaling_group.it',
      '  aws_vpc.it',
      'Put the settings back to what is deployed, then type the command again.',
    ].join('\n'),
  });
  for (const change of ['update aws_launch_template', 'delete aws_lb_listener', 'move aws_lb_listener'])
    t.throws(() => assertStepAlone(changesOf(change)), { name: 'UserError' }, change);
  t.false(isStepAlone(changes));
});

test('a step that changes sizes and weights at once is a defect', (t) => {
  const changes = changesOf('update aws_lb_listener', 'create aws_autoscaling_group');
  t.throws(() => assertStepAlone(changes), { name: 'Error', message: 'A step changes sizes and weights at once' });
  t.false(isStepAlone(changes));
});

test('what another synthesis changes is known without a plan', (t) => {
  const group = { min_size: 2, max_size: 4 };
  const applied = { resource: { aws_autoscaling_group: { blue_group: group, old: {} }, aws_vpc: { it: {} } } };
  const next = {
    resource: {
      aws_autoscaling_group: { blue_group: { ...group, min_size: 0 } },
      aws_vpc: { it: {} },
      aws_launch_template: { it: {} },
    },
  };
  t.deepEqual(changesBetween(applied, next), [
    { address: 'aws_autoscaling_group.blue_group', type: 'aws_autoscaling_group', action: 'update' },
    { address: 'aws_autoscaling_group.old', type: 'aws_autoscaling_group', action: 'delete' },
    { address: 'aws_launch_template.it', type: 'aws_launch_template', action: 'create' },
  ]);
  t.deepEqual(changesBetween(applied, structuredClone(applied)), []);
  t.deepEqual(changesBetween({}, {}), []);
});
