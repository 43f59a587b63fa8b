import test from 'ava';
import { terraformCommands } from '../../terraform/commands.ts';

test('version', (t) => {
  t.deepEqual(terraformCommands.version(), ['version', '-json']);
});

test('init, from the registry or from a mirror', (t) => {
  t.deepEqual(terraformCommands.init('/stack', undefined), ['-chdir=/stack', 'init', '-input=false', '-no-color']);
  t.deepEqual(terraformCommands.init('/stack', '/opt/mirror'), [
    '-chdir=/stack',
    'init',
    '-input=false',
    '-no-color',
    '-plugin-dir=/opt/mirror',
  ]);
});

test('plan an apply or a destroy', (t) => {
  const [before, after] = [
    ['-chdir=/stack', 'plan', '-json', '-input=false', '-lock-timeout=120s', '-detailed-exitcode', '-parallelism=20'],
    ['-out=/plan'],
  ];
  t.deepEqual(terraformCommands.plan('/stack', '/plan'), [...before, ...after]);
  t.deepEqual(terraformCommands.plan('/stack', '/plan', true), [...before, '-destroy', ...after]);
});

test('apply takes a plan, so that Terraform asks no question', (t) => {
  t.deepEqual(terraformCommands.apply('/stack', '/plan'), [
    '-chdir=/stack',
    'apply',
    '-json',
    '-input=false',
    '-lock-timeout=120s',
    '-parallelism=20',
    '/plan',
  ]);
});

test('show, output and state', (t) => {
  t.deepEqual(terraformCommands.show('/stack', '/plan'), ['-chdir=/stack', 'show', '-json', '/plan']);
  t.deepEqual(terraformCommands.output('/stack'), ['-chdir=/stack', 'output', '-json']);
  t.deepEqual(terraformCommands.stateList('/stack'), ['-chdir=/stack', 'state', 'list']);
  t.deepEqual(terraformCommands.stateShow('/stack', 'aws_lb.a', true), ['-chdir=/stack', 'state', 'show', 'aws_lb.a']);
  t.deepEqual(terraformCommands.stateShow('/stack', 'aws_lb.a', false), [
    '-chdir=/stack',
    'state',
    'show',
    '-no-color',
    'aws_lb.a',
  ]);
});
