import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test from 'ava';
import { childrenOf, endProcess, identify, isAlive } from '../../common/processes.ts';

test('a process is distinguished from a later one with the same id', async (t) => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const identity = identify(pid);
  if (!identity) return t.fail('expected a running process');
  t.is(identity.pid, pid);
  t.true(isAlive(identity));
  t.false(isAlive({ ...identity, startTicks: '1' }));
  endProcess(-pid);
  await once(child, 'exit');
  t.false(isAlive(identity));
  t.is(identify(pid), undefined);
  t.notThrows(() => endProcess(pid));
});

test('the children of a process are found and can be ended', async (t) => {
  const parent = spawn('sh', ['-c', 'sleep 60 & echo ready; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.teardown(() => parent.kill('SIGKILL'));
  const exited = once(parent, 'exit');
  await once(parent.stdout, 'data');
  const children = childrenOf(parent.pid ?? 0);
  t.is(children.length, 1);
  const [child] = children.map(identify);
  t.true(child && isAlive(child));
  endProcess(children[0] ?? 0);
  await exited;
  t.false(child && isAlive(child));
});

test('a process that does not exist has no children', (t) => {
  t.deepEqual(childrenOf(4_194_305), []);
});
