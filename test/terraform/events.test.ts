import test from 'ava';
import { ApplyProgress, errorsOf, parseEvent, plannedChangesOf } from '../../terraform/events.ts';

test('a line is an event or a text', (t) => {
  t.deepEqual(parseEvent('{"type":"version","@message":"m"}'), { type: 'version', '@message': 'm' });
  t.deepEqual(parseEvent('Killed'), { type: 'text', '@message': 'Killed' });
  t.deepEqual(parseEvent('{"type":'), { type: 'text', '@message': '{"type":' });
});

test('each error is a paragraph; warnings are left out', (t) => {
  const event = (severity: 'error' | 'warning', summary: string, detail: string) => ({
    type: 'diagnostic',
    '@message': '',
    diagnostic: { severity, summary, detail },
  });
  t.is(errorsOf([event('error', 'A', 'a'), event('warning', 'W', 'w'), event('error', 'B', '')]), 'A\na\nB');
  t.is(errorsOf([]), '');
});

const hook = (type: string, addr: string) => ({ type, '@message': '', hook: { resource: { addr } } });

test('progress names the longest-running change, and never counts beyond the total', (t) => {
  const progress = new ApplyProgress(2);
  const after = (type: string, addr: string) => {
    progress.see(hook(type, addr));
    return progress.line;
  };
  t.is(progress.line, '0 of 2');
  t.is(after('apply_start', 'a.a'), '0 of 2, on a.a');
  t.is(after('apply_start', 'a.b'), '0 of 2, on a.a');
  t.is(after('apply_progress', 'a.a'), '0 of 2, on a.a');
  t.is(after('apply_complete', 'a.a'), '1 of 2, on a.b');
  t.is(after('apply_errored', 'a.b'), '2 of 2');
  t.is(after('apply_complete', 'a.c'), '2 of 2');
});

test('progress tells how long the provider waits for what it creates', (t) => {
  const progress = new ApplyProgress(3);
  const start = (addr: string, action: string) => {
    progress.see({ type: 'apply_start', '@message': '', hook: { resource: { addr }, action } });
    return progress.line;
  };
  const line = "0 of 3, on aws_lb.balancer (AWS's provider waits a minute for a new load balancer)";
  t.is(start('aws_lb.balancer_0A1B2C3D', 'create'), line);
  t.is(start('aws_vpc.vpc', 'create'), line);
  progress.see(hook('apply_complete', 'aws_lb.balancer_0A1B2C3D'));
  progress.see(hook('apply_complete', 'aws_vpc.vpc'));
  t.is(start('aws_lb.balancer_0A1B2C3D', 'update'), '2 of 3, on aws_lb.balancer');
});

const planned = (type: string, action: string) => ({
  ...{ type: 'planned_change', '@message': '' },
  change: { resource: { addr: `${type}.it`, resource_type: type }, action },
});

test('an apply that plans for itself is counted as it plans, without what it only reads', (t) => {
  const progress = new ApplyProgress(0);
  progress.see(hook('apply_start', 'data.aws_region.it'));
  t.is(progress.line, 'planning');
  for (const action of ['update', 'noop', 'read']) progress.see(planned('aws_lb_listener', action));
  progress.see(hook('apply_complete', 'data.aws_region.it'));
  progress.see(hook('apply_start', 'aws_lb_listener.it'));
  t.is(progress.line, '0 of 1, on aws_lb_listener.it');
});

test('an apply of a plan is counted by the plan alone', (t) => {
  const progress = new ApplyProgress(1);
  progress.see(planned('aws_lb_listener', 'update'));
  t.is(progress.line, '0 of 1');
});

test('what a plan changes is told while it is made; reads, and what stays, change nothing', (t) => {
  const drift = { ...planned('aws_vpc', 'update'), type: 'resource_drift' };
  const outputs = { deployment: { action: 'update' }, url: { action: 'noop' }, stack: {} };
  const events = [
    ...[drift, planned('aws_lb_listener', 'update'), planned('aws_vpc', 'replace')],
    ...[planned('aws_iam_policy_document', 'read'), planned('aws_subnet', 'noop')],
    { type: 'outputs', '@message': '', outputs },
  ];
  t.deepEqual(plannedChangesOf(events), {
    resources: [
      { address: 'aws_lb_listener.it', type: 'aws_lb_listener', action: 'update' },
      { address: 'aws_vpc.it', type: 'aws_vpc', action: 'replace' },
    ],
    outputs: ['deployment'],
  });
  t.deepEqual(plannedChangesOf([]), { resources: [], outputs: [] });
});
