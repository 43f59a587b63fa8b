import test from 'ava';
import { terraformCommands as commands } from '../../terraform/commands.ts';

const stack = '-chdir=/stack';
const locked = '-json -input=false -lock-timeout=120s';

const cases: [arguments: string[], line: string][] = [
  [commands.version(), 'version -json'],
  [commands.init('/stack', undefined), `${stack} init -input=false -no-color`],
  [commands.init('/stack', '/opt/mirror'), `${stack} init -input=false -no-color -plugin-dir=/opt/mirror`],
  [commands.plan('/stack', '/plan'), `${stack} plan ${locked} -detailed-exitcode -parallelism=20 -out=/plan`],
  [
    commands.plan('/stack', '/plan', { destroy: true }),
    `${stack} plan ${locked} -detailed-exitcode -parallelism=20 -destroy -out=/plan`,
  ],
  [
    commands.plan('/stack', '/plan', { refresh: false }),
    `${stack} plan ${locked} -detailed-exitcode -parallelism=20 -refresh=false -out=/plan`,
  ],
  [commands.apply('/stack', '/plan'), `${stack} apply ${locked} -parallelism=20 /plan`],
  [commands.applyAtOnce('/stack'), `${stack} apply ${locked} -parallelism=20 -auto-approve -refresh=false`],
  [commands.show('/stack', '/plan'), `${stack} show -json /plan`],
  [
    commands.import('/stack', 'aws_lb.a', 'arn:a'),
    `${stack} import -input=false -no-color -lock-timeout=120s aws_lb.a arn:a`,
  ],
  [commands.untaint('/stack', 'aws_lb.a'), `${stack} untaint -no-color -lock-timeout=120s aws_lb.a`],
  [commands.stateList('/stack'), `${stack} state list`],
  [commands.stateShow('/stack', 'aws_lb.a', true), `${stack} state show aws_lb.a`],
  [commands.stateShow('/stack', 'aws_lb.a', false), `${stack} state show -no-color aws_lb.a`],
];

for (const [argv, line] of cases) test(`terraform ${line}`, (t) => t.is(argv.join(' '), line));
