import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { childrenOf, endProcess, identify, isAlive, type ProcessIdentity } from '../../../common/processes.ts';
import { NginxBalancer } from '../../../rehearsal/balancer/nginx-balancer.ts';
import { nginxBinary } from '../../bootstrap/nginx.ts';
import { addProgram } from '../../support/programs.ts';
import { freePort } from '../../support/servers.ts';

const testWithNginx = nginxBinary ? test.serial : test.serial.skip;

// Stands for `chroot ROOT nginx …`: the settings are below ROOT, and the program is this machine's.
const chroot = `#!/bin/bash
root=$1; shift 2
exec ${nginxBinary} -p "$root" "\${@/#\\/etc\\/balancer/$root/etc/balancer}"
`;

const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path run;`);

/** A balancer of a real nginx, whose server answers with a word. */
async function balancerOf(t: ExecutionContext) {
  const root = await addProgram(t, 'chroot', chroot);
  for (const path of ['etc/balancer', 'run']) await mkdir(join(root, path), { recursive: true });
  const port = await freePort();
  const configuration = (answer: string, directive = '') => `
    worker_processes 2;
    pid ${root}/run/balancer.pid;
    error_log stderr crit;
    events {}
    http {
      ${temporaryPaths.join(' ')}
      access_log off;
      ${directive}
      server { listen 127.0.0.1:${port}; location / { return 200 ${answer}; } }
    }
  `;
  const logged: unknown[] = [];
  const log = (message: string, details?: object) => void logged.push([message, details]);
  const balancer = new NginxBalancer({ root, sockets: [], log });
  t.teardown(() => balancer.stop());
  const masterPid = async () => Number(await readFile(join(root, 'run/balancer.pid'), 'utf8').catch(() => '0'));
  return { balancer, configuration, logged, masterPid, answers: () => answersAt(port) };
}

/** The different answers to twenty requests over connections of their own. */
async function answersAt(port: number): Promise<string[]> {
  const ask = () => fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } }).then((one) => one.text());
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask().catch(() => 'none')));
  return [...new Set(answers)].sort();
}

async function until(isReached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isReached())) await delay(10);
}

function processes(pids: number[]): ProcessIdentity[] {
  return pids.map((pid) => identify(pid)).filter((identity) => identity !== undefined);
}

testWithNginx('a killed master process is replaced, and none of its workers answers any more', async (t) => {
  const { balancer, configuration, logged, masterPid, answers } = await balancerOf(t);
  await balancer.use(configuration('one'));
  t.deepEqual(await answers(), ['one']);
  const master = await masterPid();
  const old = processes([master, ...childrenOf(master)]);
  t.is(old.length, 3);
  endProcess(master);
  await until(async () => ![0, master].includes(await masterPid()) && (await answers()).join() === 'one');
  t.deepEqual(old.filter(isAlive), []);
  t.deepEqual(logged, [['balancer ended', { code: null, signal: 'SIGKILL' }]]);
  await balancer.use(configuration('two'));
  await until(async () => (await answers()).join() === 'two');
});

testWithNginx('a killed worker is replaced by its master process', async (t) => {
  const { balancer, configuration, logged, masterPid, answers } = await balancerOf(t);
  await balancer.use(configuration('one'));
  const master = await masterPid();
  await until(() => childrenOf(master).length === 2);
  const [killed = 0, spared = 0] = childrenOf(master);
  endProcess(killed);
  await until(() => childrenOf(master).length === 2 && !childrenOf(master).includes(killed));
  t.true(childrenOf(master).includes(spared));
  t.is(await masterPid(), master);
  t.deepEqual(await answers(), ['one']);
  t.deepEqual(logged, []);
});

testWithNginx('a configuration that nginx refuses leaves the one before in use, until it is accepted', async (t) => {
  const { balancer, configuration, answers } = await balancerOf(t);
  await balancer.use(configuration('one'));
  for (let attempt = 0; attempt < 2; attempt++) {
    const refused = balancer.use(configuration('two', 'not_a_directive on;'));
    await t.throwsAsync(refused, { message: /unknown directive "not_a_directive"/ });
  }
  t.deepEqual(await answers(), ['one']);
  await balancer.use(configuration('two'));
  await until(async () => (await answers()).join() === 'two');
});
