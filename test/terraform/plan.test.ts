import test from 'ava';
import {
  changesOf,
  outputChangesOf,
  planOfOnly,
  type ResourceChange,
  stepsOf,
  summarizePlan,
} from '../../terraform/plan.ts';

const mark = (sign: string) => (text: string) => `${sign}(${text})`;
const colours = { green: mark('g'), yellow: mark('y'), red: mark('r'), dim: mark('d') };

type Actions = ResourceChange['change']['actions'];

function change(address: string, actions: Actions, details: Partial<ResourceChange['change']> = {}): ResourceChange {
  return {
    address,
    type: address.split('.').at(-2) ?? '',
    mode: address.startsWith('data.') ? 'data' : 'managed',
    change: { actions, before: null, after: null, after_unknown: {}, ...details },
  };
}

const linesOf = (...changes: ResourceChange[]) => summarizePlan({ resource_changes: changes }, colours).split('\n');

/** The lines about the attributes of one change. */
const attributeLines = (actions: Actions, details: Partial<ResourceChange['change']>) =>
  linesOf(change('aws_x.a', actions, details)).slice(1, -2);

test('a plan without changes is one sentence', (t) => {
  const nothing = ['No changes: the deployment matches the settings.'];
  t.deepEqual(linesOf(), nothing);
  t.deepEqual(linesOf(change('aws_vpc.a', ['no-op']), change('data.aws_ami.b', ['read'])), nothing);
  t.deepEqual(linesOf(change('aws_vpc.c', ['read'])), nothing);
  t.deepEqual([summarizePlan({}, colours)], nothing);
});

test('a plan that changes outputs alone names them', (t) => {
  const plan = {
    output_changes: { url: { actions: ['no-op'] }, release: { actions: ['update'] }, old: { actions: ['delete'] } },
  };
  t.deepEqual(outputChangesOf(plan), ['release', 'old']);
  t.is(summarizePlan(plan, colours), 'No resource changes, only outputs in the state: release, old');
  t.deepEqual(outputChangesOf({}), []);
});

test('each change has a line, with an address without the digits that CDKTF adds', (t) => {
  t.deepEqual(
    linesOf(
      change('aws_vpc.network_vpc_4E8F0223', ['create'], { after: { name: 'a' } }),
      change('aws_lb.balancer_load-balancer_F30C8A88', ['update']),
      change('aws_launch_template.fleet_launch-template_3FB9E38C', ['create', 'delete']),
      change('aws_subnet.a', ['delete', 'create']),
      change('aws_s3_object.b', ['delete'], { before: { name: 'b' } }),
      change('data.aws_ami.c', ['read']),
    ),
    [
      'g(+ aws_vpc.network_vpc)',
      'y(~ aws_lb.balancer_load-balancer)',
      'y(± aws_launch_template.fleet_launch-template)',
      'y(± aws_subnet.a)',
      'r(- aws_s3_object.b)',
      '',
      '+ 1 to create, ~ 1 to update, ± 2 to replace, - 1 to delete',
    ],
  );
});

test('a plan that only creates, or only deletes, is known without reading it', (t) => {
  const changed = (address: string, action: string) => ({ address, type: address.split('.')[0] ?? '', action });
  for (const [kind, sign, totals] of [
    ['create', 'g(+', '+ 2 to create, ~ 0 to update, ± 0 to replace, - 0 to delete'],
    ['delete', 'r(-', '+ 0 to create, ~ 0 to update, ± 0 to replace, - 2 to delete'],
  ] as const) {
    // Terraform tells them in the order in which it has planned them.
    const addresses = ['aws_vpc.network_vpc_0A1B2C3D', 'data.aws_availability_zones.zones', 'aws_lb.balancer'];
    const resources = addresses.map((address) => changed(address, kind));
    const plan = planOfOnly(kind, { resources, outputs: ['url'] }) ?? {};
    const lines = [`${sign} aws_lb.balancer)`, `${sign} aws_vpc.network_vpc)`, '', totals];
    t.deepEqual(summarizePlan(plan, colours).split('\n'), lines);
    t.deepEqual([stepsOf(changesOf(plan)), outputChangesOf(plan)], [2, ['url']]);
    for (const action of ['update', 'replace', 'move', kind === 'create' ? 'delete' : 'create'])
      t.is(planOfOnly(kind, { resources: [...resources, changed('aws_lb.other', action)], outputs: [] }), undefined);
  }
  t.deepEqual(planOfOnly('create', { resources: [], outputs: [] }), { resource_changes: [], output_changes: {} });
});

test('a replacement takes two steps', (t) => {
  const changes = [change('a.a', ['create']), change('a.b', ['create', 'delete']), change('a.c', ['update'])];
  t.deepEqual(changesOf({ resource_changes: changes }), changes);
  t.is(stepsOf(changes), 4);
  t.is(stepsOf([]), 0);
});

test('an update shows what changes, also inside lists and mappings', (t) => {
  const before = {
    name: 'a',
    size: 2,
    check: [{ path: '/health', interval: 5 }],
    tags: { Stage: 'a' },
    arn: 'arn:1',
    gone: 1,
  };
  const after = { name: 'a', size: 3, check: [{ path: '/health', interval: 9 }], tags: { Stage: 'b' }, gone: null };
  t.deepEqual(attributeLines(['update'], { before, after, after_unknown: { arn: true, check: [{}], tags: {} } }), [
    '    check: [{"path":"/health","interval":5}] → [{"path":"/health","interval":9}]',
    '    gone: 1 → null',
    '    size: 2 → 3',
    '    tags: {"Stage":"a"} → {"Stage":"b"}',
  ]);
});

test('nothing that becomes nothing is no difference', (t) => {
  const before = { a: null, b: '', c: [], d: {}, e: null, f: null, g: '' };
  const after = { a: '', b: null, c: {}, e: 0, f: false, g: 'x' };
  t.deepEqual(attributeLines(['update'], { before, after }), [
    '    e: null → 0',
    '    f: null → false',
    '    g: "" → "x"',
  ]);
});

test('long values are shortened to what is about their difference', (t) => {
  const shortened = [`    v: "a" → "${'b'.repeat(98)}…`];
  t.deepEqual(attributeLines(['update'], { before: { v: 'a' }, after: { v: 'b'.repeat(200) } }), shortened);
  const long = (end: string) => ({ v: `${'x'.repeat(300)}${end}` });
  const excerpt = `…${'x'.repeat(30)}`;
  t.deepEqual(attributeLines(['update'], { before: long('old'), after: long('new one') }), [
    `    v: ${excerpt}old" → ${excerpt}new one"`,
  ]);
});

test('a replacement says why', (t) => {
  const actions: Actions = ['create', 'delete'];
  const [line] = linesOf(change('aws_lb.a_0A1B2C3D', actions, { replace_paths: [['name'], ['subnets', 0], ['name']] }));
  t.is(line, 'y(± aws_lb.a, of which name, subnets cannot be changed)');
  const [tainted] = linesOf({ ...change('aws_lb.a', actions), action_reason: 'replace_because_tainted' });
  t.is(tainted, 'y(± aws_lb.a, whose creation had failed)');
});

test('a replacement shows the attributes that are set, not those that the provider fills in', (t) => {
  const before = { name: 'a', vpc: 'v', default: 'd' };
  const after = { name: 'b', vpc: 'v', default: null };
  const details = { before, after, after_unknown: { id: true } };
  t.deepEqual(attributeLines(['create', 'delete'], details), ['    name: "a" → "b"']);
});

test('user data is decoded and compared line by line', (t) => {
  const user_data = (text: string) => ({ user_data: Buffer.from(text).toString('base64') });
  const before = user_data('#!/bin/sh\nrelease=1\nworkers=2\n');
  const after = user_data('#!/bin/sh\nrelease=2\nworkers=2\nextra\n');
  t.deepEqual(attributeLines(['create', 'delete'], { before, after }), [
    '    user_data:',
    '    r(  - release=1)',
    '    g(  + release=2)',
    '    g(  + extra)',
  ]);
});
