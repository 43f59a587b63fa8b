import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { NginxBalancer } from '../../../rehearsal/balancer/nginx-balancer.ts';
import { addProgram } from '../../support/programs.ts';

// Stands for `chroot ROOT nginx …`: records what nginx does, refuses the configuration `invalid`, and runs until the file
// `end` exists.
const chroot = `#!/bin/sh
root=$1; shift
record() { echo "$*" >> "$root/events"; }
if [ "$2" = -t ]; then
  record "test $(cat "$root/etc/balancer/next.conf")"
  ! grep -q invalid "$root/etc/balancer/next.conf"; exit
fi
record "start $(cat "$root/etc/balancer/nginx.conf") $NGINX"
trap 'record "reload $(cat "$root/etc/balancer/nginx.conf")"' HUP
trap 'record quit; exit 0' QUIT
[ -e "$root/end" ] && exit 1
echo $$ > "$root/run/balancer.pid"
while [ -d "$root" ] && [ ! -e "$root/end" ]; do sleep 0.02; done
rm "$root/run/balancer.pid"
`;

async function balancerOf(t: ExecutionContext) {
  const root = await addProgram(t, 'chroot', chroot);
  for (const path of ['etc/balancer', 'run']) await mkdir(join(root, path), { recursive: true });
  const balancer = new NginxBalancer(root, [1, 2]);
  const events = async () => (await readFile(join(root, 'events'), 'utf8')).trimEnd().split('\n');
  return { root, balancer, events };
}

test.serial('nginx starts with the first configuration and the sockets, reloads the next one and quits', async (t) => {
  const { balancer, events } = await balancerOf(t);
  await balancer.use('one');
  t.deepEqual(await events(), ['test one', 'start one 3;4;']);
  await balancer.use('one');
  await balancer.use('two');
  while (!(await events()).includes('reload two')) await delay(10);
  await balancer.stop();
  t.deepEqual(await events(), ['test one', 'start one 3;4;', 'test two', 'reload two', 'quit']);
});

test.serial('an invalid configuration is rejected, and nginx keeps the one before', async (t) => {
  const { root, balancer, events } = await balancerOf(t);
  await balancer.use('one');
  await t.throwsAsync(balancer.use('invalid'));
  t.is(await readFile(join(root, 'etc/balancer/nginx.conf'), 'utf8'), 'one');
  await t.throwsAsync(balancer.use('invalid'));
  await balancer.stop();
  t.deepEqual(await events(), ['test one', 'start one 3;4;', 'test invalid', 'test invalid', 'quit']);
});

test.serial('configurations are used one after another, in their order', async (t) => {
  const { root, balancer, events } = await balancerOf(t);
  await Promise.all(['one', 'two', 'three'].map((configuration) => balancer.use(configuration)));
  await balancer.stop();
  const tests = (await events()).filter((event) => event.startsWith('test'));
  t.deepEqual(tests, ['test one', 'test two', 'test three']);
  t.is(await readFile(join(root, 'etc/balancer/nginx.conf'), 'utf8'), 'three');
  t.deepEqual(await readdir(join(root, 'etc/balancer')), ['nginx.conf']);
});

test.serial('an nginx that has ended is started again by the same configuration', async (t) => {
  const { root, balancer, events } = await balancerOf(t);
  await balancer.use('one');
  await writeFile(join(root, 'end'), '');
  // Each start ends at once, until the file is removed.
  const starts = async () => {
    for (;;) await balancer.use('one').then(() => delay(10));
  };
  await t.throwsAsync(starts(), { message: 'nginx ended instead of starting' });
  await rm(join(root, 'end'));
  await balancer.use('one');
  await balancer.stop();
  t.deepEqual((await events()).slice(-2), ['start one 3;4;', 'quit']);
});
