import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { AbortRequestFile } from '../../deployments/abort-request.ts';

test('a request is made once or twice, seen by others, and cleared', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'abort-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const path = join(folder, 'state/stage.abort');
  const [asker, carrier] = [new AbortRequestFile(path), new AbortRequestFile(path)];
  t.false(await carrier.isMade());
  await carrier.clear();
  for (let time = 0; time < 2; time += 1) await asker.make();
  t.true(await carrier.isMade());
  await carrier.clear();
  t.deepEqual([await carrier.isMade(), await asker.isMade()], [false, false]);
});
