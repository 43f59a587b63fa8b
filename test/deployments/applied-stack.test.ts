import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { AppliedStack } from '../../deployments/applied-stack.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const state = { lineage: '5d1f', serial: 7 };

const stackOf = (size: number, source = '/a/release.tar.gz', key = 'releases/1.tar.gz') => ({
  terraform: { backend: { local: { path: source } } },
  resource: {
    aws_autoscaling_group: { blue_group: { min_size: size } },
    aws_s3_object: { 'release-store_release-1': { key, source } },
  },
});

test('a stack is the one that was applied last while its resources and the state are the same', async (t) => {
  const applied = new AppliedStack(join(await temporaryFolder(t), 'state/rehearsal.applied.json'));
  t.false(await applied.is(stackOf(2), state));
  await applied.record(stackOf(2), state);
  t.true(await applied.is(stackOf(2), state));
  // Another checkout, and a command that has packed nothing, have other paths.
  t.true(await applied.is(stackOf(2, '/uploaded'), state));
  t.false(await applied.is(stackOf(3), state));
  t.false(await applied.is(stackOf(2, '/a/release.tar.gz', 'releases/2.tar.gz'), state));
  t.false(await applied.is(stackOf(2), { ...state, serial: 8 }));
  t.false(await applied.is(stackOf(2), { ...state, lineage: '77aa' }));
  await applied.record(stackOf(3), { ...state, serial: 9 });
  t.deepEqual(
    [await applied.is(stackOf(2), state), await applied.is(stackOf(3), { ...state, serial: 9 })],
    [false, true],
  );
});

test('of a record that cannot be read nothing is known', async (t) => {
  const path = join(await temporaryFolder(t), 'rehearsal.applied.json');
  const applied = new AppliedStack(path);
  for (const content of ['', '{', '[]', '{"state":{"lineage":"5d1f","serial":7}}']) {
    await writeFile(path, content);
    t.false(await applied.is(stackOf(2), state));
  }
});
