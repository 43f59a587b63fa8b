import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { NginxBalancer } from '../../../rehearsal/balancer/nginx-balancer.ts';
import { addProgram } from '../../support/programs.ts';
import { ManualClock } from '../manual-clock.ts';

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
  const logged: unknown[] = [];
  const clock = new ManualClock();
  const log = (message: string, details?: object) => void logged.push([message, details]);
  const balancer = new NginxBalancer({ root, sockets: [1, 2], log, clock });
  const events = async () => (await readFile(join(root, 'events'), 'utf8')).trimEnd().split('\n');
  return { root, balancer, events, logged, clock };
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

test.serial('a configuration that cannot be written is rejected, and used when it can be written', async (t) => {
  const { root, balancer, events } = await balancerOf(t);
  await balancer.use('one');
  await mkdir(join(root, 'etc/balancer/next.conf'));
  await t.throwsAsync(balancer.use('two'), { code: 'EISDIR' });
  t.is(await readFile(join(root, 'etc/balancer/nginx.conf'), 'utf8'), 'one');
  await rmdir(join(root, 'etc/balancer/next.conf'));
  await balancer.use('two');
  while (!(await events()).includes('reload two')) await delay(10);
  await balancer.stop();
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

/** The number of starts, once it is `count`. */
async function startsOf(events: () => Promise<string[]>, count: number): Promise<number> {
  for (;;) {
    const starts = (await events()).filter((event) => event.startsWith('start')).length;
    if (starts >= count) return starts;
    await delay(10);
  }
}

test.serial('an nginx that ends is started again at once with the last accepted configuration', async (t) => {
  const { root, balancer, events, logged, clock } = await balancerOf(t);
  await balancer.use('one');
  await t.throwsAsync(balancer.use('invalid'));
  await clock.advance(60_000);
  await writeFile(join(root, 'end'), '');
  while (logged.length === 0) await delay(10);
  await rm(join(root, 'end'));
  await clock.advance(0);
  t.is(await startsOf(events, 2), 2);
  await balancer.use('two');
  while (!(await events()).includes('reload two')) await delay(10);
  await balancer.stop();
  t.deepEqual(logged, [['balancer ended', { code: 0, signal: null }]]);
  const all = ['test one', 'start one 3;4;', 'test invalid', 'start one 3;4;', 'test two', 'reload two', 'quit'];
  t.deepEqual(await events(), all);
});

test.serial('an nginx that ends again and again is started later and later', async (t) => {
  const { root, balancer, events, logged, clock } = await balancerOf(t);
  await balancer.use('one');
  await writeFile(join(root, 'end'), '');
  const ends = async (count: number) => {
    while (logged.length < count) await delay(10);
  };
  const waits = [0, 250, 500, 1000, 2000, 4000, 4000];
  for (const [index, wait] of waits.entries()) {
    await ends(index + 1);
    await clock.advance(wait - 1);
    await delay(20);
    t.is(await startsOf(events, index + 1), index + 1, `before ${wait} ms`);
    await clock.advance(1);
    t.is(await startsOf(events, index + 2), index + 2);
  }
  await ends(waits.length + 1);
  await rm(join(root, 'end'));
  await balancer.use('two');
  await balancer.stop();
  await clock.advance(60_000);
  t.deepEqual((await events()).slice(-3), ['test two', 'start two 3;4;', 'quit']);
  const failed = ['balancer does not start', { error: 'nginx ended instead of starting' }];
  t.deepEqual(logged, [['balancer ended', { code: 0, signal: null }], ...waits.map(() => failed)]);
});

test.serial('a balancer that stops starts nothing any more', async (t) => {
  const { balancer, events, logged, clock } = await balancerOf(t);
  await balancer.use('one');
  await balancer.stop();
  await balancer.use('two');
  await clock.advance(60_000);
  t.deepEqual(await events(), ['test one', 'start one 3;4;', 'quit']);
  t.deepEqual(logged, []);
});
