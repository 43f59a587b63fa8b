import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test from 'ava';
import { childrenOf, endProcess, identify, isAlive } from '../../common/processes.ts';

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

test('a process that is not there has none', (t) => {
  t.deepEqual(childrenOf(4_194_305), []);
});
